import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Firefox } from '../support/firefox'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

describe('the panel in Firefox', () => {
  const at = useBrowser({ pages: { '/empty': '<!doctype html><title>empty</title>' }, launch: 'none' })
  let firefox: Firefox

  beforeAll(async () => {
    firefox = await Firefox.launch()
  })
  afterAll(() => firefox?.close())
  beforeEach(() => firefox.closeDevTools())

  const text = (id: string) =>
    firefox.inPanel(`return document.querySelector('[data-testid="${id}"]')?.textContent ?? ''`) as Promise<string>
  const value = async (id: string) =>
    Number(await firefox.inPanel(`return document.querySelector('[data-testid="${id}"]')?.dataset.value ?? -1`))

  it('opens, closes and opens again', async () => {
    await firefox.open(`${at.site.origin}/empty`)
    await firefox.openPanel()
    expect(await firefox.inPanel('return location.pathname')).toBe('/src/panel/devtools-panel.html')
    expect(await firefox.inPanel('return (await browser.devtools.inspectedWindow.eval("location.pathname"))[0]')).toBe(
      '/empty',
    )
    await firefox.closeDevTools()
    await expect(firefox.inPanel('return 1')).rejects.toThrow('no panel is shown')
    await firefox.openPanel()
    expect(await firefox.inPage('return document.title')).toBe('empty')
  })

  it('takes batches of a real page over the relay into its database', async () => {
    await firefox.open(`${at.site.origin}/payments/`)
    await firefox.openPanel()
    await waitFor(async () => (await value('status-events')) > 100, { what: 'events in the panel', timeout: 30_000 })
    await waitFor(async () => (await value('status-persisted')) > 100, { what: 'events on the disk' })
    await waitFor(async () => (await text('status-connection')) === 'Connected · Payments', { what: 'its title' })
    const stored = await firefox.inPanel(`return await new Promise((resolve, reject) => {
      const open = indexedDB.open('playhead')
      open.onerror = () => reject(open.error)
      open.onsuccess = () => {
        const db = open.result
        const read = db.transaction('tails').objectStore('tails').getAll()
        read.onerror = () => reject(read.error)
        read.onsuccess = () => {
          db.close()
          resolve(read.result.map(({ body }) => new TextDecoder().decode(body)).join())
        }
      }
    })`)
    expect(stored).toContain('"tick":')

    // What the page emitted with DevTools closed, and what the database held, is there again.
    const before = await value('status-events')
    await firefox.closeDevTools()
    await firefox.openPanel()
    await waitFor(async () => (await value('status-events')) > before, { what: 'the session to go on' })
  })

  it('finds and explains there too', async () => {
    await firefox.open(`${at.site.origin}/payments/`)
    await firefox.openPanel()
    await waitFor(async () => (await value('status-events')) > 100, { what: 'events in the panel', timeout: 30_000 })
    const find = (filter: string) =>
      firefox.inPanel(`
        const box = document.querySelector('[data-testid="filter-input"]')
        box.focus()
        box.value = ${JSON.stringify(filter)}
        box.dispatchEvent(new InputEvent('input', { bubbles: true }))`)
    const count = async (selector: string) =>
      Number(await firefox.inPanel(`return document.querySelectorAll(${JSON.stringify(selector)}).length`))
    const click = (selector: string) => firefox.inPanel(`document.querySelector(${JSON.stringify(selector)}).click()`)

    await find('type:Arrival payload.amount>0')
    await waitFor(
      async () =>
        (await count('[data-type="Arrival"]')) > 0 &&
        (await count('[data-testid="row"]:not([data-type="Arrival"])')) === 0,
      { what: 'nothing but arrivals' },
    )
    await click('[data-testid="row"]')
    await waitFor(async () => (await text('inspector')).includes('agentId'), { what: 'its payload' })
    await click('[role="tab"][data-testid="tab-cause"]')
    await waitFor(async () => (await count('.cause-row.here')) === 1, { what: 'the event among its causes' })
    await find('tpye:x')
    await waitFor(async () => (await count('.filter-marks .bad')) === 1, { what: 'the mistake underlined' })
    expect(
      Number(
        await firefox.inPanel(`return document.querySelector('[data-testid="table"]').getAttribute('aria-rowcount')`),
      ),
    ).toBeGreaterThan(100)
    await find('')
    await click('[data-testid="legend-chip"]')
    await waitFor(async () => (await count('[data-testid="legend-chip"][aria-pressed="true"]')) === 1, {
      what: 'one category',
    })
    // Where Firefox draws the timeline is not ours to read; that something is drawn is.
    const drawn = await firefox.inPanel(`
      const canvas = document.querySelector('.timeline canvas')
      return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0)`)
    expect(drawn).toBe(true)
  })
})
