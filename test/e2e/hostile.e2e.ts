import { describe, expect, it } from 'vitest'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: {
  emit(count: number, type?: string): void
  ready: boolean
  bus: { emit(type: string, payload: unknown): void }
  recorder: { mark(name: string): void; state(name: string, access: { get(): unknown }): void }
}

const MARKUP = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>'
/** Looks like `txt.exe` where direction marks are obeyed. */
const DISGUISED = 'a\u202eexe.txt\u200b'

/** A page that does its worst, in a real panel. */
describe('a hostile page', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS, fresh: 'page' })

  const open = async (query = '') => {
    const shown = await at.show(`/fixtures/pages/bus.html${query}`)
    await waitFor(() => shown.page.evaluate(() => app.ready), { what: 'the fixture page' })
    return shown
  }

  it('sees its markup and its disguises shown as text', async () => {
    const { page, panel } = await open(`?name=${encodeURIComponent(MARKUP)}`)
    await page.evaluate(
      (markup, disguised) => {
        document.title = markup
        app.bus.emit(markup, { [markup]: markup, __proto__: { x: markup } })
        app.bus.emit(disguised, { text: disguised, html: new Error(markup) })
        app.recorder.mark(markup)
        app.recorder.state(markup, { get: () => markup })
      },
      MARKUP,
      DISGUISED,
    )
    await panel.accounted(2)
    await waitFor(async () => (await panel.rows()).length === 2, { what: 'two rows' })
    const [markup, disguised] = await panel.rows()
    expect(markup!.text).toContain(MARKUP)
    expect(disguised!.text).toContain('a<U+202E>exe.txt<U+200B>')
    await panel.clickRow()
    const found = await panel.frame.evaluate(() => ({
      images: document.querySelectorAll('img, script:not([src]), iframe, object, embed, a[href]').length,
      pwned: (window as { pwned?: number }).pwned ?? 0,
      text: document.body.textContent,
    }))
    expect(found).toMatchObject({ images: 0, pwned: 0 })
    expect(found.text).not.toMatch(/[\u202e\u200b]/)
  })

  it('floods and forges, and costs nobody but itself', async () => {
    const { page, panel } = await open()
    await page.evaluate(async () => {
      const nonce = await new Promise<string>(resolve => {
        addEventListener('message', ({ data }) => data?.playhead === 'offer' && resolve(data.nonce))
        postMessage({ playhead: 'sdk', wire: 1, recorder: 'evil' }, '/')
      })
      const hand = (recorder: string, by = nonce) => {
        const { port1, port2 } = new MessageChannel()
        postMessage({ playhead: 'port', wire: 1, nonce: by, recorder }, '/', [port2])
        return port1
      }
      const port = hand('evil')
      for (let i = 0; i < 2000; i++) hand(`forged ${i}`, '0'.repeat(32))
      for (let i = 0; i < 2000; i++) hand(`invented ${i % 200}`)
      const wrong = [
        null,
        7,
        'x',
        [],
        { t: 'batch' },
        { t: 'hello', wire: 1e9 },
        { t: 'ack', accepted: 4e9 },
        { t: 'x' },
      ]
      for (let i = 0; i < 20_000; i++) port.postMessage(wrong[i % wrong.length])
      for (let i = 0; i < 6; i++) port.postMessage({ t: 'batch', data: new ArrayBuffer(30 << 20) })
      port.postMessage({ t: 'batch', data: new ArrayBuffer(100 << 20) })
      const deep: unknown[] = []
      deep.push(deep, new Map([[1, deep]]))
      port.postMessage(deep)
      const frame = document.body.appendChild(document.createElement('iframe'))
      for (let i = 0; i < 20_000; i++) frame.dispatchEvent(new Event('load'))
      dispatchEvent(new CustomEvent(`playhead:${nonce}`, { detail: { recorder: 'evil', data: new ArrayBuffer(64) } }))
      app.emit(500)
    })
    expect(await panel.accounted(500)).toEqual({ events: 500, missing: 0 })
    await waitFor(() => panel.has('status-bad'), { what: 'the bad messages to be counted' })
    await page.evaluate(() => app.emit(1, 'still here'))
    await panel.accounted(501)
    expect(await panel.attribute('status-connection', 'data-phase')).toBe('connected')
    expect(await panel.value('status-producers')).toBe(1)
  })
})
