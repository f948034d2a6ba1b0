import { afterEach, describe, expect, it, vi } from 'vitest'
import { Engine } from './engine'
import { engineScenarios } from './testing/engine-scenarios'
import { FakePanel } from './testing/fake-page'
import { testProducer } from './testing/make-batch'
import { retentionScenarios } from './testing/retention-scenarios'

describe('an engine without a disk', () => engineScenarios(false, () => ''))

describe('what an engine without a disk keeps', () => retentionScenarios(false, () => ''))

describe('what an app says of its types', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is told with its first events, once for all that comes together', async () => {
    vi.useFakeTimers()
    const engine = new Engine()
    await engine.start({ database: 'none', persistent: false, maxEvents: 1000, textBudget: 1 << 20 })
    const panel = new FakePanel(engine)
    const page = panel.page(testProducer(1))
    await page.open()
    const before = panel.notices.length
    for (const category of ['one', 'two', 'three'])
      await engine.receive(page.link.link, {
        t: 'describe',
        types: [{ type: 'Settlement', category, description: '' }],
      })
    await vi.advanceTimersByTimeAsync(50)
    const told = panel.notices.slice(before).flatMap(notice => (notice.t === 'status' ? [notice.status.session] : []))
    expect(told.map(session => session?.descriptions)).toEqual([[expect.objectContaining({ category: 'three' })]])
    await engine.dispose()
  })
})
