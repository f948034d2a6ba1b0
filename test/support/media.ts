import type { CDPSession, Frame, Page } from 'puppeteer-core'

/** How a user may want the colours. `forced` are those of the system, as in the contrast themes of Windows. */
export type Look = 'light' | 'dark' | 'contrast-light' | 'contrast-dark' | 'forced-light' | 'forced-dark'

/** Sets the media features of a page, or of a frame with a process of its own, because puppeteer's own call does not know all of them. */
export async function emulateLook(target: Page | Frame, look: Look): Promise<void> {
  const client =
    'createCDPSession' in target
      ? await target.createCDPSession()
      : (target as unknown as { client: CDPSession }).client
  await client.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: look.endsWith('dark') ? 'dark' : 'light' },
      { name: 'prefers-contrast', value: look.startsWith('contrast') ? 'more' : 'no-preference' },
      { name: 'forced-colors', value: look.startsWith('forced') ? 'active' : 'none' },
    ],
  })
}
