import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium'
import { Panel } from '../support/panel'
import { SDK_MOUNTS, type Site, startServer } from '../support/server'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void; ready: boolean }

describe('a browser that was killed', () => {
  let site: Site

  beforeAll(async () => {
    site = await startServer({ mounts: SDK_MOUNTS, pages: { '/elsewhere': '<!doctype html><title>elsewhere</title>' } })
  })
  afterAll(() => site?.close())

  it('finds the session again after it was started anew', async () => {
    const first = await launchChromium()
    let second: Awaited<ReturnType<typeof launchChromium>> | undefined
    try {
      const page = await first.open(`${site.origin}/fixtures/pages/bus.html?name=killed`)
      const panel = await Panel.open(page)
      await panel.connected()
      await page.evaluate(() => app.emit(6000))
      await panel.accounted(6000)
      await waitFor(async () => (await panel.value('status-persisted')) === 6000, { what: 'all events to be on disk' })
      await first.kill()

      second = await launchChromium({ profileDir: first.profileDir })
      const other = await second.open(`${site.origin}/elsewhere`)
      const again = await Panel.open(other)
      await again.click('session-menu')
      await again.frame.waitForSelector('[data-testid="session-item"][data-session]')
      const items = await again.frame.$$eval('[data-testid="session-item"]', found =>
        found.map(item => ({ id: item.getAttribute('data-session'), text: item.textContent ?? '' })),
      )
      expect(items.some(item => item.text.includes('killed') || item.text.includes('6,000'))).toBe(true)
      await again.click('session-item')
      await waitFor(async () => (await again.value('view-matched')) === 6000, { what: 'the events of the old session' })
      const rows = await again.rows()
      expect(rows.length).toBeGreaterThan(5)
      expect(rows[0]?.type).toBe('tick')
    } finally {
      await second?.close()
      await first.close()
    }
  })
})
