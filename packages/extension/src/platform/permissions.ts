import { browser } from './browser'
import { grantableOrigin } from './origin'

/** Match patterns of the origins that every installation may access. */
const BUILT_IN = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/\*$/

/** Returns the origins that the user granted, as match patterns (`https://shop.example/*`). Empty where this page may not ask. */
export async function grantedOrigins(): Promise<string[]> {
  if (!browser.permissions?.getAll) return []
  const { origins = [] } = await browser.permissions.getAll()
  return origins.filter(origin => !BUILT_IN.test(origin))
}

/** Takes the access to one origin back, given as a match pattern. */
export async function revokeOrigin(origin: string): Promise<void> {
  await browser.permissions.remove({ origins: [origin] })
}

/**
 * Asks the user for access to the origin of an address. Must be called in the handler of a click. A panel in Firefox may not ask, so a page
 * of the extension is opened that does. Resolves with false where the user refused or has not answered yet, or where there is no origin.
 */
export async function grantOrigin(text: string): Promise<boolean> {
  const origin = grantableOrigin(text)
  if (!origin) return false
  if (browser.permissions?.request) return browser.permissions.request({ origins: [`${origin}/*`] })
  await browser.runtime.sendMessage({ ask: 'grant', origin })
  return false
}
