import { afterEach, describe, expect, it, vi } from 'vitest'
import { Engine } from './engine'
import { engineScenarios } from './testing/engine-scenarios'
import { FakePanel } from './testing/fake-page'
import { testProducer } from './testing/make-batch'
import { memoryHost } from './testing/memory-host'
import { retentionScenarios } from './testing/retention-scenarios'

describe('an engine without a disk', () => engineScenarios(false, () => '', memoryHost))

describe('what an engine without a disk keeps', () => retentionScenarios(false, () => '', memoryHost))

describe('what an app says of its types', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  /** A page that says one category after the other; what is told of them in that time. */
  async function telling(categories: readonly string[], apart: number) {
    vi.useFakeTimers()
    const engine = new Engine(memoryHost())
    await engine.start({ database: 'none', persistent: false, maxEvents: 1000, textBudget: 1 << 20 })
    const panel = new FakePanel(engine)
    const page = panel.page(testProducer(1))
    await page.open()
    const before = panel.notices.length
    for (const category of categories) {
      await engine.links.receive(page.link.link, {
        t: 'describe',
        types: [{ type: 'Settlement', category, description: '' }],
      })
      await vi.advanceTimersByTimeAsync(apart)
    }
    await vi.advanceTimersByTimeAsync(50)
    const told = panel.notices.slice(before).flatMap(notice => (notice.t === 'status' ? [notice.status.session] : []))
    await engine.dispose()
    return told.map(session => session?.descriptions)
  }

  it('is told with its first events, once for all that comes together', async () => {
    const told = await telling(['one', 'two', 'three'], 0)
    expect(told).toEqual([[expect.objectContaining({ category: 'three' })]])
  })

  it('is not told all the time by a page that never stops to say something else', async () => {
    const told = await telling(
      Array.from({ length: 1000 }, (_, i) => `c${i}`),
      1,
    )
    // At each of four looks in a second, and once between two.
    expect(told.length).toBeLessThanOrEqual(9)
    expect(told.length).toBeGreaterThan(4)
  })
})
