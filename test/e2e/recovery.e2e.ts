import { describe, expect, it } from 'vitest'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void; ready: boolean }

describe('a browser that was killed', () => {
  const at = useBrowser({
    mounts: SDK_MOUNTS,
    pages: { '/elsewhere': '<!doctype html><title>elsewhere</title>' },
    launch: 'none',
  })

  it('finds the session again after it was started anew', async () => {
    const first = await at.launch()
    const page = await first.open(`${at.site.origin}/fixtures/pages/bus.html?name=killed`)
    const panel = await Panel.open(page)
    await panel.connected()
    await page.evaluate(() => app.emit(6000))
    await panel.accounted(6000)
    await waitFor(async () => (await panel.value('status-persisted')) === 6000, { what: 'all events to be on disk' })
    await first.kill()

    const second = await at.launch({ profileDir: first.profileDir })
    const again = await Panel.open(await second.open(`${at.site.origin}/elsewhere`))
    await again.click('session-menu')
    const item = `${byTestId('session-item')}[data-session]`
    await again.frame.waitForSelector(item)
    const items = await again.frame.$$eval(item, found => found.map(one => one.textContent ?? ''))
    expect(items.some(text => text.includes('killed') || text.includes('6,000'))).toBe(true)
    await again.clickOn(item)
    await again.matched(6000, 'the events of the old session')
    await waitFor(async () => (await again.rows()).length > 5, { what: 'its rows' })
    expect((await again.rows())[0]?.type).toBe('tick')
  })
})
