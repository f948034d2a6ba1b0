import { valueAt } from '@playhead/shared/filter/payload-test'
import type { FieldName } from '@playhead/shared/filter/seen'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FoundValues } from '../../contract/vocabulary'
import type { LogReader } from '../../log/reader'
import { FakeLog } from '../../testing/fake-log'
import { sumUp } from '../../testing/sum-up'
import { ValuesFrom } from './values-from'

const never = () => false

const readAll = (log: LogReader, path: readonly string[], typed: string) => readField(log, { path }, typed)

async function readField(log: LogReader, field: FieldName, typed: string): Promise<FoundValues> {
  const values = new ValuesFrom()
  for (;;) {
    const found = await values.read(log, field, typed, never)
    if (!found) throw new Error('nothing else was asked for')
    if (found.done) return found
  }
}

function logOf(payloads: readonly unknown[], options: { chunkRows?: number; cold?: boolean } = {}): FakeLog {
  const log = new FakeLog({ chunkRows: 16, ...options })
  log.append(payloads.map((payload, i) => ({ producer: 0, n: i + 1, time: i, payload: JSON.stringify(payload) })))
  return log
}

const value = fc.constantFrom<unknown>(
  ...[1, 17, 1.5, -3, '1', 'Bank', 'BANK_B', 'Käse', 'käse', true, null, ''],
  ...[{ amount: 'bank' }, ['a', 'Bär'], 'a "quoted" one', 'A \\ b', '{"amount":1}'],
)
const shape = fc.record({
  take: fc.constantFrom(0, 0, 2),
  payload: fc.oneof(
    fc.record({ amount: value, by: fc.record({ 'odd key': value, list: fc.array(value, { maxLength: 3 }) }) }),
    fc.constant('text'),
  ),
})
const path = fc.constantFrom(['amount'], ['by', 'odd key'], ['by', 'list', '0'], ['amount', 'amount'], ['no'], ['0'])
const typed = fc.constantFrom(
  '',
  '1',
  'b',
  'BANK',
  'bank_',
  'k',
  'kä',
  'KÄ',
  'a "',
  'a \\',
  'tr',
  'nu',
  '-',
  '{',
  'none',
)

describe('values that begin with letters', () => {
  it('are those of a naive search, with their counts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(shape, { maxLength: 80, size: 'max' }),
        fc.record({ path, typed, cold: fc.boolean(), summedUp: fc.boolean() }),
        async (events, { path, typed, cold, summedUp }) => {
          const log = new FakeLog({ chunkRows: 16, cold })
          log.append(
            events.map(({ take, payload }, i) => ({
              ...{ producer: 0, n: i + 1, time: i, take, payload: JSON.stringify(payload) },
            })),
          )
          if (summedUp) await sumUp(log)
          const counts = new Map<unknown, number>()
          for (const { take, payload } of events) {
            const found = take === 0 ? valueAt(payload, path) : undefined
            if (found === undefined || (typeof found === 'object' && found !== null)) continue
            if (!String(found).toLowerCase().startsWith(typed.toLowerCase())) continue
            counts.set(found, (counts.get(found) ?? 0) + 1)
          }
          const { values, all } = await readAll(log, path, typed)
          expect(all).toBe(true)
          expect(new Map(values.map(({ value, count }) => [value, count]))).toEqual(counts)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('are those of a naive search among the values of a facet', async () => {
    const facet = fc.constantFrom<string | number>('TX-1', 'TX-17', 'tx-2', 'other', 17, 1.5, -3, '17')
    const event = fc.record({ take: fc.constantFrom(0, 0, 2), tx: facet })
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 80, size: 'max' }),
        fc.constantFrom('', 'tx', 'TX-1', '1', '-', 'none'),
        fc.nat(20),
        async (events, typed, evicted) => {
          const log = new FakeLog({ chunkRows: 16 })
          log.append(events.map(({ take, tx }, i) => ({ producer: 0, n: i + 1, time: i, take, facets: { tx } })))
          log.evict(evicted)
          const counts = new Map<unknown, number>()
          for (const { take, tx } of events.slice(evicted))
            if (take === 0 && String(tx).toLowerCase().startsWith(typed.toLowerCase()))
              counts.set(tx, (counts.get(tx) ?? 0) + 1)
          const { values, all } = await readField(log, { facet: 'tx' }, typed)
          expect(all).toBe(true)
          expect(new Map(values.map(({ value, count }) => [value, count]))).toEqual(counts)
        },
      ),
    )
  })

  it('are found where one event in many has them, without reading what cannot', async () => {
    const payloads = Array.from({ length: 4000 }, (_, i) => ({ id: i === 1234 ? 'rare-one' : `usual-${i % 7}` }))
    const log = logOf(payloads, { cold: true })
    await sumUp(log)
    log.loads.length = 0
    expect(await readAll(log, ['id'], 'Rare')).toEqual({
      ...{ values: [{ value: 'rare-one', count: 1 }], all: true, done: true },
    })
    expect(log.loads.length).toBeLessThan(5)
  })

  it('are told though too many others begin so, with counts that are said to be of some', async () => {
    const payloads = Array.from({ length: 110_000 }, (_, i) => ({ id: i === 5 ? 'oxen' : 'often' }))
    const { values, all } = await readAll(logOf(payloads, { chunkRows: 4096 }), ['id'], 'o')
    expect(all).toBe(false)
    expect(values.map(({ value }) => value)).toEqual(['often', 'oxen'])
    expect(values[1]?.count).toBe(1)
  })

  it('are not looked for while somebody waits for something else, and then on from there', async () => {
    const log = logOf(Array.from({ length: 64 }, (_, i) => ({ id: `a${i % 4}` })))
    const values = new ValuesFrom()
    expect(await values.read(log, { path: ['id'] }, 'a', () => true)).toEqual({ values: [], all: false, done: false })
    let looks = 0
    const some = await values.read(log, { path: ['id'] }, 'a', () => ++looks > 2)
    expect(some).toMatchObject({ all: false, done: false })
    expect(some?.values.reduce((sum, { count }) => sum + count, 0)).toBe(32)
    const rest = await values.read(log, { path: ['id'] }, 'a', never)
    expect(rest).toMatchObject({ all: true, done: true })
    expect(rest?.values.map(({ count }) => count)).toEqual([16, 16, 16, 16])
  })

  it('gives up for the next question', async () => {
    const log = logOf(
      Array.from({ length: 40 }, () => ({ a: 'x', b: 'y' })),
      { chunkRows: 4, cold: true },
    )
    const values = new ValuesFrom()
    const first = values.read(log, { path: ['a'] }, 'x', never)
    const second = values.read(log, { path: ['b'] }, 'y', never)
    expect(await first).toBeNull()
    expect(await second).toMatchObject({ values: [{ value: 'y', count: 40 }] })
  })

  it('says that what is lost was not looked at', async () => {
    const log = logOf(
      Array.from({ length: 40 }, () => ({ a: 'x' })),
      { cold: true },
    )
    log.loseText(log.chunks[0]!)
    expect(await readAll(log, ['a'], 'x')).toMatchObject({ values: [{ count: 24 }], all: false })
  })
})
