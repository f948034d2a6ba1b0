import { parseFilter } from '@playhead/shared/filter/parse'
import type { Batch } from '@playhead/shared/wire/columns'
import type { ViewStatus } from '../../packages/engine/src/contract/view.ts'
import { SessionLog } from '../../packages/engine/src/log/session-log.ts'
import { readRelations } from '../../packages/engine/src/search/read/relations.ts'
import { ValuesFrom } from '../../packages/engine/src/search/vocabulary/values-from.ts'
import { readNames } from '../../packages/engine/src/sessions/names.ts'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../../packages/engine/src/testing/make-batch.ts'
import { sumUp } from '../../packages/engine/src/testing/sum-up.ts'
import { createViews } from '../../packages/engine/src/testing/views.ts'
import { type BenchRow, median } from './row.ts'

const EVENTS = 1_000_000
const SMALL = 100_000
const BATCH = 256
const ROUNDS = 7
const TYPES = Array.from({ length: 30 }, (_, i) => `${['row', 'tx', 'clock', 'grid', 'agent'][i % 5]}:type${i}`)

/** Filter and text search over a session of 1,000,000 events of 200 bytes, all in memory: until the first 50 and until all are found. */
export async function benchSearch(events = EVENTS): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const one = makeLog(events, 1)
  await run(one, '')
  const row = async (what: string, filter: string, all?: number, first?: number) => {
    const figures = await run(one, filter)
    const note = `${figures.matched.toLocaleString('en')} of ${events.toLocaleString('en')} match`
    rows.push({ what: `${what}: all`, value: figures.all, unit: 'ms', note, ...(all && { budget: { max: all } }) })
    if (first) {
      rows.push({ what: `${what}: first 50`, value: figures.first, unit: 'ms', note, budget: { max: first } })
    }
  }
  const { lastTime } = createViews(() => {}).setView(one, { session: null, filter: {} })
  await row('no filter', '', 5)
  await row('filter by type', 'type:row:*', 5)
  await row(
    'filter by type, source, level and time',
    `type:row:*|tx:* -source:core level:action after:${lastTime * 0.1}ms before:${lastTime * 0.9}ms`,
    5,
  )
  const texts = async (how: string) => {
    await row(`${how}text "offset 7" (rare)`, '"OFFSET 7"', 150, 20)
    await row(`${how}text "collateral" (in every event)`, 'collateral', 150, 20)
    await row(`${how}text "not there"`, '"not there"', 150)
    await row(`${how}text "zq" (two letters, nowhere)`, 'zq', 150)
    await row(`${how}payload.rowId = 17`, 'payload.rowId=17', 150, 150)
    const rare = `tx-${mix(Math.floor(events * 0.4)).toString(16)}`
    rows.push(await complete(one, `${how}values that begin like one event's`, ['txId'], rare.slice(0, -1)))
    rows.push(await complete(one, `${how}values that begin like every third event's`, ['agentId'], 'bank_1'))
  }
  await texts('')
  const started = performance.now()
  await sumUp(one)
  rows.push({
    what: 'the index of what the text has, built in idle time',
    ...{ value: performance.now() - started, unit: 'ms' },
    note: `${((one.chunks.length * 32) / 1024).toFixed(0)} MB`,
  })
  await texts('with the index: ')
  const two = makeLog(events, 2)
  await run(two, '')
  const mixed = await run(two, '')
  rows.push({ what: 'no filter, two interleaved producers', value: mixed.all, unit: 'ms' })
  const typed = await run(two, 'type:row:*')
  rows.push({ what: 'filter by type, two interleaved producers', value: typed.all, unit: 'ms' })
  rows.push({ what: 'names with counts', value: time(() => readNames(one)), unit: 'ms' })
  const small = makeLog(SMALL, 1)
  for (const [what, filter] of [
    ['filter by type at 100,000', 'type:row:*'],
    ['text "offset 7" at 100,000', '"OFFSET 7"'],
  ] as [string, string][]) {
    await run(small, filter)
    const figures = await run(small, filter)
    rows.push({ what: `${what}: all`, value: figures.all, unit: 'ms' })
  }
  const from = performance.now()
  await readRelations(one, 5000)
  rows.push({ what: 'causes and effects of one event', value: performance.now() - from, unit: 'ms' })
  return rows
}

/** Medians, ms from `setView` to the first 50 matches and to all of them. */
async function run(log: SessionLog, text: string): Promise<{ first: number; all: number; matched: number }> {
  const { filter } = parseFilter(text)
  const firsts: number[] = []
  const alls: number[] = []
  let matched = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    let first = 0
    let resolve = (_: ViewStatus) => {}
    const promise = new Promise<ViewStatus>(settle => {
      resolve = settle
    })
    const seen = (status: ViewStatus) => {
      if (!first && (status.matched >= 50 || status.done)) first = performance.now() - start
      if (status.done) resolve(status)
    }
    const views = createViews(seen)
    seen(views.setView(log, { session: null, filter }))
    matched = (await promise).matched
    firsts.push(first)
    alls.push(performance.now() - start)
    views.dispose()
  }
  return { first: median(firsts), all: median(alls), matched }
}

/** Until all events were looked at: what a completion waits for, beside everything else. */
async function complete(log: SessionLog, what: string, path: readonly string[], typed: string): Promise<BenchRow> {
  const values = new ValuesFrom()
  const start = performance.now()
  for (;;) {
    const found = await values.read(log, { path }, typed, () => false)
    if (!found) throw new Error('nothing else was asked for')
    if (!found.done) continue
    const note = `${found.values.length} values of payload.${path.join('.')}, ${found.all ? 'counted in all' : 'counted in some'}; in slices`
    return { what, value: performance.now() - start, unit: 'ms', note }
  }
}

function time(work: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return median(times)
}

function makeLog(events: number, producers: number): SessionLog {
  const log = new SessionLog(sessionInfo('bench'), { maxEvents: events, textBudget: 1 << 30 })
  const logs = Array.from({ length: producers }, (_, i) => {
    const producer = log.addProducer(producerInfo(testProducer(i)))
    if (!producer) throw new Error('no room for a producer')
    return producer
  })
  const next = logs.map(() => 1)
  for (let done = 0, turn = 0; done < events; done += BATCH, turn++) {
    const code = turn % producers
    const producer = logs[code]
    const firstN = next[code] ?? 1
    if (!producer) continue
    const count = Math.min(BATCH, events - done)
    log.append(batchOf(testProducer(code), firstN, count, Math.floor(turn / producers) * BATCH), producer)
    next[code] = firstN + count
  }
  log.unsaved.length = 0
  return log
}

function batchOf(producer: string, firstN: number, count: number, start: number): Batch {
  const batch = makeBatch({ producer, firstN, count, time: start, types: TYPES, payload })
  batch.meta.sources = [
    [0, 'core'],
    [1, 'user'],
    [2, 'plugin:x'],
  ]
  for (let row = 0; row < count; row++) {
    const mixed = mix(firstN + row)
    batch.type[row] = mixed % TYPES.length
    batch.source[row] = (mixed >>> 8) % 3
    batch.level[row] = (mixed >>> 16) % 5
    batch.causeN[row] = firstN + row > 100 ? firstN + row - ((mixed >>> 4) % 50) - 1 : 0
    batch.causeKind[row] = batch.causeN[row] ? 1 : 0
  }
  return batch
}

function payload(n: number): string {
  const mixed = mix(n)
  return `{"rowId":${mixed % 5000},"column":"price${mixed % 50}","agentId":"BANK_${(mixed >>> 3) % 30}","txId":"tx-${mixed.toString(16)}","amount":${mixed % 1e6},"note":"settled through queue after offset ${n % 999}","collateral":{"before":${mixed % 1e5},"after":${(mixed >>> 7) % 1e5}}}`
}

function mix(n: number): number {
  const a = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d)
  const b = Math.imul(a ^ (a >>> 12), 0x297a2d39)
  return (b ^ (b >>> 15)) >>> 0
}
