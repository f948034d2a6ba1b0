import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Files } from '../support/files'
import { byTestId, type Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const recorder: import('@playhead/sdk').Recorder

const APP = `<!doctype html><title>artifacts</title><script type="module">
  import { createRecorder } from '/sdk/index.js'
  window.recorder = createRecorder({ name: 'artifacts', enabled: true })
  recorder.mark('before the change', 'baseline')
  recorder.record('begun')
  recorder.artifact('early <report>', '{"total": "12 \\u202e€"}', { type: 'application/json' })
</script>`

describe('artifacts', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS, pages: { '/app': APP } })
  let page: Page
  let panel: Panel
  const files = new Files()

  beforeAll(async () => {
    await files.receive(at.chromium)
    ;({ page, panel } = await at.show('/app'))
  })
  afterAll(() => files.remove())

  const open = async () => {
    await panel.click('session-menu')
    await panel.click('session-about-live')
    // The last that comes: until then the dialog grows, and its buttons move.
    await panel.frame.waitForSelector(byTestId('fields'))
  }
  const listed = () =>
    panel.frame.$$eval(byTestId('artifact'), items => items.map(({ textContent }) => textContent ?? ''))
  const clickIn = (index: number, testId: string) =>
    panel.clickOn(
      async () => (await panel.frame.$$(byTestId('artifact')))[index]?.$(byTestId(testId)),
      `${testId} of artifact ${index}`,
    )
  const downloaded = (name: string) =>
    waitFor(() => files.names().includes(name) && readFileSync(files.path(name)), {
      what: `${name} to be downloaded`,
    }).catch(async error => {
      throw new Error(`${error.message}: ${JSON.stringify([files.names(), await listed()])}`)
    })

  it('are listed, come back byte for byte after the panel was reloaded, and show text as text', async () => {
    const bytes = Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256)
    await page.evaluate(() => {
      recorder.artifact(
        'setup.exe',
        Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256),
        {
          type: 'image/png',
        },
      )
      recorder.artifact('huge', new Uint8Array((16 << 20) + 1))
      recorder.mark('after the change', 'trial')
      recorder.record('done')
    })
    await panel.accounted(2)
    panel = await panel.reopen()
    await panel.connected()
    await open()
    await waitFor(async () => (await panel.frame.$$(byTestId('artifact-download'))).length === 2, {
      what: 'two artifacts whose bytes are here',
    })
    const [report, picture, huge] = (await listed()) as [string, string, string]
    expect(report).toMatch(/^early <report>application\/json · \d+ B · /)
    expect(picture).toContain('300.0 kB')
    expect(huge).toContain('not kept: larger than')
    expect(huge).not.toContain('Download')
    expect(await panel.text('phases')).toMatch(/baseline before the change.*trial after the change/)

    await clickIn(1, 'artifact-download')
    expect(await downloaded('setup.exe.png')).toEqual(Buffer.from(bytes))
    await clickIn(0, 'artifact-download')
    expect((await downloaded('early-report.json')).toString()).toBe('{"total": "12 \u202e€"}')
    await clickIn(0, 'artifact-preview')
    await panel.frame.waitForSelector(byTestId('artifact-text'))
    expect(await panel.text('artifact-text')).toBe('{"total": "12 <U+202E>€"}')
  })
})
