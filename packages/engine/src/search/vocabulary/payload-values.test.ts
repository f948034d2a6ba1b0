import { valueAt } from '@playhead/shared/filter/payload-test'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FieldValues } from '../../contract/vocabulary'
import { FakeLog } from '../../testing/fake-log'
import { PayloadValues } from './payload-values'

const value = fc.constantFrom<unknown>(1, '1', 'BANK', true, null, '', { x: 2 }, ['a', 'b'], 'a "quoted" one')
const shape = fc.record({
  take: fc.constantFrom(0, 0, 2),
  payload: fc.oneof(
    fc.record({ amount: value, by: fc.record({ 'odd key': value, list: fc.array(value, { maxLength: 3 }) }) }),
    fc.constant('text'),
    fc.constant(null),
  ),
})
const path = fc.constantFrom(['amount'], ['by', 'odd key'], ['by', 'list', '0'], ['amount', 'x'], ['no', 'such'], ['0'])

const asMap = ({ values }: FieldValues) => new Map(values.map(({ value, count }) => [value, count]))

it('counts what a naive count finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(shape, { maxLength: 80, size: 'max' }), path, fc.boolean(), async (events, at, cold) => {
      const log = new FakeLog({ chunkRows: 16, cold })
      log.append(
        events.map(({ take, payload }, i) => ({
          ...{ producer: 0, n: i + 1, time: i, take, payload: JSON.stringify(payload) },
        })),
      )
      const counts = new Map<unknown, number>()
      for (const { take, payload } of events) {
        const found = take === 0 ? valueAt(payload, at) : undefined
        if (found === undefined || (typeof found === 'object' && found !== null)) continue
        counts.set(found, (counts.get(found) ?? 0) + 1)
      }
      const told = await new PayloadValues().read(log, at)
      expect(told?.all).toBe(true)
      expect(asMap(told!)).toEqual(counts)
      const order = told!.values.map(({ count }) => count)
      expect(order).toEqual([...order].sort((a, b) => b - a))
    }),
    { numRuns: 100 },
  )
})

it('looks at chunks of the whole session, and says that they are not all', async () => {
  const log = new FakeLog({ chunkRows: 4, cold: true })
  log.append(
    Array.from({ length: 400 }, (_, i) => ({
      producer: 0,
      n: i + 1,
      time: i,
      payload: `{"half":${Math.floor(i / 200)}}`,
    })),
  )
  const told = await new PayloadValues().read(log, ['half'])
  expect(told?.all).toBe(false)
  expect(log.loads.length).toBe(24)
  expect([...asMap(told!)].sort()).toEqual([
    [0, 48],
    [1, 48],
  ])
})

it('tells so many values, and none that nobody would read', async () => {
  const log = new FakeLog({ chunkRows: 4096 })
  log.append(
    Array.from({ length: 300 }, (_, i) => ({
      ...{ producer: 0, n: i + 1, time: i },
      payload: JSON.stringify({ id: i === 0 ? 'x'.repeat(5000) : i < 9 ? 'often' : i }),
    })),
  )
  const told = await new PayloadValues().read(log, ['id'])
  expect(told?.values.length).toBe(100)
  expect(told?.values[0]).toEqual({ value: 'often', count: 8 })
  expect(told?.values.some(({ value }) => String(value).length > 200)).toBe(false)
})

it('gives up for the next question', async () => {
  const log = new FakeLog({ chunkRows: 4, cold: true })
  log.append(Array.from({ length: 40 }, (_, i) => ({ producer: 0, n: i + 1, time: i, payload: '{"a":1,"b":2}' })))
  const values = new PayloadValues()
  const first = values.read(log, ['a'])
  const second = values.read(log, ['b'])
  expect(await first).toBeNull()
  expect(asMap((await second)!)).toEqual(new Map([[2, 40]]))
})
