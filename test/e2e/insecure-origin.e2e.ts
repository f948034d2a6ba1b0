import { describe, expect, it } from 'vitest'
import { byTestId } from '../support/panel'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

const NAME = 'lan.test'

/** A container, a second device: the page is opened by `http://name:port`, where browsers offer no randomUUID, locks, folders and digests. */
describe('the standalone page on an insecure origin', () => {
  const at = useBrowser({
    launch: { extension: undefined, args: [`--host-resolver-rules=MAP ${NAME} 127.0.0.1,MAP localhost 127.0.0.1`] },
  })

  it('records, stores and exports as anywhere else', async () => {
    const page = await at.open('/panel/standalone.html')
    const errors: string[] = []
    page.on('pageerror', error => errors.push(String(error)))
    const there = new URL('/panel/standalone.html?app=/payments/%3Fspeed=20', page.url())
    there.hostname = NAME
    await page.goto(there.href)
    expect(await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto, 'locks' in navigator])).toEqual([
      false,
      false,
      false,
    ])
    const value = (testId: string) =>
      page.$eval(byTestId(testId), element => Number(element.getAttribute('data-value'))).catch(() => -1)
    await waitFor(async () => (await value('status-persisted')) > 20, { what: 'events on disk' })
    await page.click(byTestId('export-menu'))
    await page.click(byTestId('export'))
    await page.reload()
    await waitFor(async () => (await value('status-producers')) === 2, { what: 'the session to go on' })
    expect(errors).toEqual([])
  })
})
