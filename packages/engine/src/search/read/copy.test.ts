import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FakeLog } from '../../testing/fake-log'
import { copyEvents } from './copy'

it('copies events as JSON and as lines, whatever they are called and whatever clock they had', async () => {
  const event = fc.record({
    time: fc.oneof(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(1e300, -1e300, Number.MAX_VALUE)),
    type: fc.string({ unit: 'binary', minLength: 1 }),
    source: fc.constantFrom('core', 'a\tb\nc'),
    payload: fc.json(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async events => {
      const log = new FakeLog({ chunkRows: 4, cold: true })
      log.append(
        events.map((one, i) => ({ ...one, payload: JSON.stringify(JSON.parse(one.payload)), producer: 0, n: i + 1 })),
      )
      const seqs = [...log.events.keys(), 999]
      const { text, events: copied } = await copyEvents(log, seqs, 'json')
      const read = JSON.parse(text) as { type: string; time: string; payload: unknown }[]
      expect(copied).toBe(events.length)
      expect(read.map(({ type, payload }) => JSON.stringify([type, payload]))).toEqual(
        events.map(({ type, payload }) => JSON.stringify([type, JSON.parse(payload)])),
      )
      for (const { time } of read) expect(Number.isFinite(Date.parse(time))).toBe(true)
      const lines = (await copyEvents(log, seqs, 'line')).text.split('\n')
      expect(lines.map(line => line.split('\t').length)).toEqual(events.map(() => 4))
    }),
    { seed: 71, numRuns: 100 },
  )
})
