import { parseFilter } from '@playhead/shared/filter/parse'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Row, Sort, ViewStatus } from '../../contract/view'
import type { FakeEvent } from '../../testing/fake-chunk'
import { FakeLog } from '../../testing/fake-log'
import { testProducer } from '../../testing/make-batch'
import { createViews } from '../../testing/views'

const event = fc.record({
  type: fc.constantFrom('a', 'b', 'c'),
  source: fc.constantFrom('core', 'core', 'user'),
  level: fc.integer({ min: 0, max: 4 }),
  duration: fc.constantFrom(0, 1, 2.5),
  payload: fc.constantFrom('1', '"long text"', '{"a":1}'),
  facets: fc.constantFrom<Record<string, string | number>>({}, { f: 3 }, { f: 1 }, { f: 'x' }, { f: 'b' }),
})
const sort: fc.Arbitrary<Sort> = fc.record({
  by: fc.constantFrom<Sort['by']>('time', 'time', 'seq', 'type', 'source', 'level', 'duration', 'size', { facet: 'f' }),
  descending: fc.boolean(),
})

function keyOf(row: FakeEvent, by: Sort['by']): string | number | undefined {
  if (typeof by === 'object') return row.facets?.[by.facet]
  if (by === 'size') return row.payload?.length
  return row[by as 'type' | 'level' | 'duration']
}

/** Numbers before texts, nothing last whichever way. */
function compareKeys(a: string | number | undefined, b: string | number | undefined, descending: boolean): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  const order = typeof a !== typeof b ? (typeof a === 'number' ? -1 : 1) : a < b ? -1 : a > b ? 1 : 0
  return descending ? -order : order
}

/** seqs in the order of `sort`, by Array.sort. */
function expected(log: FakeLog, { by, descending }: Sort, type: string): number[] {
  const rows = [...log.events].filter(([, row]) => type === '*' || row.type === type)
  rows.sort(([, a], [, b]) => a.time - b.time || a.producer - b.producer || a.n - b.n)
  if (by === 'time') return (descending ? rows.reverse() : rows).map(([seq]) => seq)
  if (by === 'seq') return rows.map(([seq]) => seq).sort((a, b) => (descending ? b - a : a - b))
  return rows.sort(([, a], [, b]) => compareKeys(keyOf(a, by), keyOf(b, by), descending)).map(([seq]) => seq)
}

function watch() {
  let wake = () => {}
  let latest: ViewStatus | undefined
  return {
    seen(status: ViewStatus) {
      latest = status
      wake()
    },
    async until(holds: (status: ViewStatus) => boolean): Promise<ViewStatus> {
      while (!latest || !holds(latest)) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
      return latest
    },
  }
}

const seqsOf = (rows: readonly Row[]) => rows.flatMap(row => (row.item === 'event' ? row.seq : []))

it('sorts by any column, either way, as Array.sort does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 60, size: 'max' }),
      sort,
      fc.constantFrom('*', 'a'),
      async (events, wanted, type) => {
        const log = new FakeLog({ chunkRows: 16 })
        log.append(events.map((it, i) => ({ ...it, producer: i % 2, n: (i >> 1) + 1, time: (i * 7) % 20 })))
        const { seen, until } = watch()
        const views = createViews(seen)
        seen(views.setView(log, { session: null, filter: parseFilter(`type:${type}`).filter, sort: wanted }))
        const { view, items } = await until(({ done }) => done)
        const truth = expected(log, wanted, type)
        expect(seqsOf((await views.rows(view, 0, 100)).items)).toEqual(truth)
        expect(items).toBe(truth.length)
        for (const seq of log.events.keys()) expect(views.locate(view, seq)).toBe(truth.indexOf(seq))
        expect(views.seqs(view, 0, 1000)).toEqual(truth)
        views.dispose()
      },
    ),
    { seed: 31, numRuns: 200 },
  )
})

it('groups what repeats, closed and open, while the list changes', async () => {
  const action = fc.constantFrom('append', 'append', 'evict', 'open', 'gap', 'look')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(action, fc.nat({ max: 1000 })), { minLength: 3, maxLength: 25, size: 'max' }),
      fc.boolean(),
      async (actions, descending) => {
        const log = new FakeLog({ chunkRows: 8 })
        const { seen, until } = watch()
        const views = createViews(seen)
        const { view } = views.setView(log, {
          ...{ session: null, filter: {}, group: true, sort: { by: 'time', descending } },
        })
        const open = new Set<number>()
        let n = 0
        for (const [what, number] of actions) {
          if (what === 'append') {
            const types = Array.from({ length: number % 6 }, (_, i) => 'ab'[(number >> i) & 1]!)
            log.append(types.map(type => ({ producer: 0, n: ++n, time: n, type })))
          } else if (what === 'evict') log.evict(Math.min(log.endSeq, log.firstSeq + (number % 5)))
          else if (what === 'gap') {
            n += 2
            const at = { fromN: n - 1, toN: n, count: 2, from: n - 1, to: n }
            log.setGaps([...log.gaps, { producer: testProducer(0), reason: 'lost', ...at }])
          } else if (what === 'open') {
            const rows = (await views.rows(view, 0, 500)).items
            const row = rows[number % Math.max(1, rows.length)]
            if (row?.item === 'event' && row.repeats) {
              const isOpen = !row.repeats.open
              const first = Math.min(...groupOf(log, row.seq))
              views.openGroup(view, first, isOpen)
              if (isOpen) open.add(first)
              else open.delete(first)
            }
          }
        }
        log.append([])
        await until(status => status.done && status.matched === log.events.size)
        const rows = (await views.rows(view, 0, 500)).items
        expect(rows.map(shown)).toEqual(groups(log, open, descending))
        expect(views.seqs(view, 0, 500).sort((a, b) => a - b)).toEqual([...log.events.keys()])
        views.dispose()
      },
    ),
    { seed: 32, numRuns: 150 },
  )
})

const shown = (row: Row) => {
  if (row.item === 'gap') return `gap ${row.gap.fromN}`
  if (row.item === 'line') return `line ${row.line} of ${row.seq}`
  return `${row.seq}${row.repeats ? ` ${row.repeats.open ? 'open' : 'of'} ${row.repeats.count}` : ''}`
}

/** Events and gaps of a log of one producer by number. */
function inOrder(log: FakeLog) {
  const events = [...log.events].map(([seq, { n, type }]) => ({ n, seq, type }))
  const gaps = log.gaps.map(({ fromN }) => ({ n: fromN, seq: -1, type: 'gap' }))
  return [...events, ...gaps].sort((a, b) => a.n - b.n)
}

function runs(log: FakeLog) {
  const found: ReturnType<typeof inOrder>[] = []
  for (const item of inOrder(log)) {
    const last = found.at(-1)
    if (last && item.seq >= 0 && last[0]?.type === item.type && last[0]!.seq >= 0) last.push(item)
    else found.push([item])
  }
  return found
}

function groupOf(log: FakeLog, seq: number): number[] {
  return runs(log)
    .find(run => run.some(item => item.seq === seq))!
    .map(item => item.seq)
}

function groups(log: FakeLog, open: ReadonlySet<number>, descending: boolean): string[] {
  const rows = runs(log).flatMap(run => {
    const [first] = run
    if (first!.seq < 0) return [`gap ${first!.n}`]
    if (run.length === 1) return [`${first!.seq}`]
    if (!open.has(first!.seq)) return [`${first!.seq} of ${run.length}`]
    return run.map(({ seq }, i) => (i === 0 ? `${seq} open ${run.length}` : `${seq}`))
  })
  return descending ? rows.reverse() : rows
}

it('tells the place of an anchor, or of what follows it', async () => {
  const { seen, until } = watch()
  const views = createViews(seen)
  const log = new FakeLog({ chunkRows: 4 })
  log.append([1, 2, 3, 4, 5, 6].map(n => ({ producer: 0, n, time: n, type: n % 2 ? 'odd' : 'even' })))
  seen(views.setView(log, { session: null, filter: parseFilter('type:even').filter, anchor: 2 }))
  const { view } = await until(status => status.done && status.anchor === 1)
  log.append([{ producer: 1, n: 1, time: 1, type: 'even' }])
  await until(status => status.anchor === 2)
  views.setAnchor(view, 5)
  log.append([{ producer: 1, n: 2, time: 1.5, type: 'even' }])
  await until(status => status.anchor === 4)
})
