import { browser } from './browser'
import { grantableOrigin } from './origin'

/** Origins every installation has. */
const BUILT_IN = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/\*$/

/** Origins the user granted, as match patterns (`https://shop.example/*`). Empty where the context may not ask. */
export async function grantedOrigins(): Promise<string[]> {
  if (!browser.permissions?.getAll) return []
  const { origins = [] } = await browser.permissions.getAll()
  return origins.filter(origin => !BUILT_IN.test(origin))
}

/** Takes one origin back. */
export async function revokeOrigin(origin: string): Promise<void> {
  await browser.permissions.remove({ origins: [origin] })
}

/**
 * Asks the user for access to one origin. Must be called from a click. Firefox's panels may not ask, so a page of the extension
 * does it there. False where refused, not answered yet, or where it is no origin of the web.
 */
export async function grantOrigin(text: string): Promise<boolean> {
  const origin = grantableOrigin(text)
  if (!origin) return false
  if (browser.permissions?.request) return browser.permissions.request({ origins: [`${origin}/*`] })
  await browser.runtime.sendMessage({ ask: 'grant', origin })
  return false
}
