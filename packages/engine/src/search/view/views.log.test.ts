import type { Filter } from '@playhead/shared/filter/filter'
import { matches } from '@playhead/shared/filter/matches'
import { parseFilter } from '@playhead/shared/filter/parse'
import { flagNames, KINDS, LEVELS } from '@playhead/shared/model/event'
import { decodeBatch } from '@playhead/shared/wire/batch-decode'
import { expect, it } from 'vitest'
import type { Row, ViewStatus } from '../../contract/view'
import { MemoryChunk } from '../../log/chunk'
import type { LogChunk } from '../../log/reader'
import { SessionLog } from '../../log/session-log'
import { makeBatchBytes, producerInfo, sessionInfo, testProducer } from '../../testing/make-batch'
import { Random } from '../../testing/random'
import { createViews } from '../../testing/views'

const decoder = new TextDecoder()
const FILTERS = [
  '',
  'type:b|t*',
  '"\\"N\\":1"',
  'after:200ms before:900ms -type:a',
  'payload.n<300|/"n":9\\d/',
  'slow:>1ms -slow:>=3.1ms',
]

/** seqs of the visible matches in shown order, by looking at each row. */
function expected(log: SessionLog, filter: Filter, texts: Map<LogChunk, Uint8Array>): number[] {
  const found: { seq: number; key: [number, number, number] }[] = []
  for (const chunk of log.chunks) {
    const bytes = chunk.text ?? texts.get(chunk)
    for (let row = chunk.firstRow; row < chunk.count; row++) {
      const start = row === 0 ? 0 : chunk.payloadEnds[row - 1]
      const flags = chunk.flags[row]!
      const event = {
        type: log.types[chunk.type[row]!]!,
        source: log.sources[chunk.source[row]!]!,
        kind: KINDS[chunk.kind[row]!]!,
        level: LEVELS[chunk.level[row]!]!,
        flags: flagNames(flags),
        time: chunk.time[row]!,
        duration: chunk.duration[row]!,
        take: chunk.take[row]!,
        text: decoder.decode(bytes!.subarray(start, chunk.payloadEnds[row])),
        facets: {},
        producer: '',
        causeless: true,
        causes: [],
        tree: new Set<number>(),
        phases: [],
        besideGap: false,
        changesState: false,
        bookmarked: false,
      }
      if (matches(filter, event)) {
        found.push({ seq: chunk.firstSeq + row, key: [chunk.time[row]!, chunk.producer[row]!, chunk.n[row]!] })
      }
    }
  }
  found.sort(({ key: a }, { key: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
  return found.map(({ seq }) => seq)
}

function inOrder(rows: readonly Row[]): boolean {
  const time = (row: Row) => row.time
  return rows.every((row, i) => i === 0 || time(rows[i - 1]!) <= time(row))
}

it.each([1, 2, 3, 4, 5, 6])(
  'follows the real log: late batches and facts, gaps, evictions, text on disk (filter %#)',
  async number => {
    const random = new Random(number)
    const { filter } = parseFilter(FILTERS[number - 1]!)
    const log = new SessionLog(sessionInfo('S'), { maxEvents: number % 2 ? 9000 : 1e6, textBudget: 40_000 })
    const offsets = [0, -250.5, 90]
    const logs = offsets.map((offset, i) => log.addProducer(producerInfo(testProducer(i), { offset }))!)
    log.restoreFrom(100)
    log.restoreChunk(MemoryChunk.hollow(0, 100))
    const texts = new Map<LogChunk, Uint8Array>()
    log.textSource = async chunk => texts.get(chunk)
    let wake = () => {}
    /** Undefined: none came since the log changed. */
    let status: ViewStatus | undefined
    log.onChange(() => {
      status = undefined
    })
    const views = createViews(next => {
      status = next
      wake()
    })
    const { view } = views.setView(log, { session: null, filter })
    const next = [1, 1, 1]
    const held: { code: number; numbers: number[]; time: number }[] = []
    for (let step = 0; step < 150; step++) {
      const code = random.whole(0, 2)
      if (random.chance(0.1)) next[code] = next[code]! + random.whole(1, 20)
      const fresh = {
        code,
        numbers: Array.from({ length: random.whole(1, 250) }, (_, i) => next[code]! + i),
        time: step * 10,
      }
      next[code] = next[code]! + fresh.numbers.length
      if (random.chance(0.15)) held.push(fresh)
      const batch = held.length && random.chance(0.3) ? held.shift()! : fresh
      const types = random.pick([['a', 'b'], ['b', 'a', 'c'], [`t${step}`]])
      const { numbers, time } = batch
      const late = numbers.map(n => ({ n: Math.max(1, n - 40), duration: (n % 6) * 0.62, flags: 0 })).slice(0, 9)
      log.append(
        decodeBatch(
          makeBatchBytes({ producer: testProducer(batch.code), numbers, time, types, step: 0.5, rest: { late } }),
        ),
        logs[batch.code]!,
      )
      for (const chunk of log.unsaved.splice(0)) {
        texts.set(chunk, chunk.text!)
        chunk.persisted = true
      }
      log.trimText()
      if (!random.chance(0.15)) continue
      const truth = expected(log, filter, texts)
      while (!isCurrent(status, truth.length, log.stored)) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
      const rows: Row[] = []
      for (let page = await views.rows(view, 0, 2000); page.items.length > 0; ) {
        rows.push(...page.items)
        page = await views.rows(view, rows.length, 2000)
      }
      expect(rows.flatMap(row => (row.item === 'event' ? row.seq : []))).toEqual(truth)
      expect(inOrder(rows)).toBe(true)
      for (const index of [0, 1, rows.length >> 1, rows.length - 1]) {
        const row = rows[index]
        if (row?.item === 'event') {
          expect(views.locate(view, row.seq)).toBe(index)
          expect(row.summary).toBe(`{"n":${row.n}}`)
        }
      }
    }
    views.dispose()
  },
)

function isCurrent(status: ViewStatus | undefined, matched: number, total: number): boolean {
  return status?.done === true && status.matched === matched && status.total === total
}
