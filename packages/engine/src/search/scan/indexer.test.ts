import { parseFilter } from '@playhead/shared/filter/parse'
import { expect, it } from 'vitest'
import { FakeLog } from '../../testing/fake-log'
import { sumUp } from '../../testing/sum-up'
import { createViews } from '../../testing/views'
import { countIndexed, Indexer } from './indexer'

const ROWS = 8

/** Payloads `{"n":"word-1x"}` …, in chunks of eight. */
function filled(events: number, cold = true): FakeLog {
  const log = new FakeLog({ chunkRows: ROWS, cold })
  log.append(
    Array.from({ length: events }, (_, i) => ({
      ...{ producer: 0, n: i + 1, time: i, payload: JSON.stringify({ n: `word-${i + 1}x` }) },
    })),
  )
  return log
}

async function found(log: FakeLog, text: string): Promise<number> {
  const done = await new Promise<{ matched: number }>(resolve => {
    const views = createViews(status => status.done && resolve(status))
    const status = views.setView(log, { session: null, filter: parseFilter(text).filter })
    if (status.done) resolve(status)
  })
  return done.matched
}

it('reads every sealed chunk once, the newest first, and a search then only what can hold what it looks for', async () => {
  const log = filled(10 * ROWS)
  await sumUp(log)
  await sumUp(log)
  expect(log.loads).toEqual([72, 64, 56, 48, 40, 32, 24, 16, 8, 0])
  expect(countIndexed(log)).toEqual({ indexedChunks: 10, indexableChunks: 10 })
  log.loads.length = 0
  for (const filter of ['word-17x', 'payload.n="word-17x"']) {
    expect(await found(log, filter)).toBe(1)
    expect(log.loads.splice(0)).toEqual([16])
  }
  for (const filter of ['wword', 'payload.n="word-817x"', 'payload.m="word-17x"'])
    expect(await found(log, filter)).toBe(0)
  expect(log.loads).toEqual([])
  // Not summed up: `not` and alternatives are tested by reading.
  expect(await found(log, '-word-17x')).toBe(79)
})

it('sums up what is in memory, but not what still grows', async () => {
  const log = filled(3 * ROWS + 2, false)
  await sumUp(log)
  expect(log.loads).toEqual([])
  expect(countIndexed(log)).toEqual({ indexedChunks: 3, indexableChunks: 3 })
  expect(await found(log, 'word-26x')).toBe(1)
})

it('lets go when events arrive, does not begin while somebody waits, and goes on after', async () => {
  const log = filled(10 * ROWS)
  let now = 0
  let busy = false
  const indexer = new Indexer({ busy: () => busy, readers: () => [log] }, () => now)
  const tickAt = async (time: number) => {
    now = time
    indexer.tick()
    await indexer.idle()
  }
  await tickAt(10)
  expect(log.loads).toEqual([])
  busy = true
  await tickAt(60_000)
  expect(log.loads).toEqual([])
  busy = false
  now = 120_000
  indexer.tick()
  indexer.disturb()
  await indexer.idle()
  expect(log.loads).toEqual([72])
  await tickAt(120_100)
  expect(log.loads).toEqual([72])
  await tickAt(180_000)
  expect(countIndexed(log)).toEqual({ indexedChunks: 10, indexableChunks: 10 })
})
