import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareSeqs } from '../../log/order'
import { FakeLog } from '../../testing/fake-log'
import { previousOfType } from './previous'

it('finds the event of the same type and take shown right before, whatever came late', async () => {
  const events = fc.array(
    fc.record({
      producer: fc.integer({ min: 0, max: 2 }),
      time: fc.integer({ min: 0, max: 12 }),
      type: fc.constantFrom('a', 'b', 'c'),
      take: fc.constantFrom(0, 0, 1),
    }),
    { minLength: 1, maxLength: 60, size: 'max' },
  )
  await fc.assert(
    fc.asyncProperty(events, fc.boolean(), fc.nat({ max: 20 }), async (shape, sorted, evicted) => {
      if (sorted) shape.sort((a, b) => a.time - b.time)
      const log = new FakeLog({ chunkRows: 8 })
      log.append(shape.map((event, index) => ({ ...event, n: index + 1 })))
      log.evict(Math.min(evicted, shape.length - 1))
      const seqs = [...log.events.keys()].sort((a, b) => compareSeqs(log, a, b))
      for (const [at, seq] of seqs.entries()) {
        const own = log.events.get(seq)
        const before = seqs.slice(0, at).filter(other => {
          const event = log.events.get(other)
          return event?.type === own?.type && event?.take === own?.take
        })
        expect(await previousOfType(log, seq)).toBe(before.at(-1) ?? -1)
      }
    }),
    { seed: 43 },
  )
  expect(await previousOfType(new FakeLog(), 3)).toBe(-1)
})
