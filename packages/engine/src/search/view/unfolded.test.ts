import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Row, ViewSpec } from '../../contract/view'
import { FakeLog } from '../../testing/fake-log'
import { createViews } from '../../testing/views'

const action = fc.constantFrom('append', 'append', 'unfold', 'unfold', 'fold', 'evict', 'group')

/** What stands in the list, by the rows of a view without lines. */
function expected(rows: readonly Row[], lines: ReadonlyMap<number, number>): string[] {
  return rows.flatMap(row => {
    if (row.item !== 'event') return [`gap ${row.item === 'gap' ? row.gap.fromN : ''}`]
    const below = Array.from({ length: lines.get(row.seq) ?? 0 }, (_, line) => `${row.seq} line ${line}`)
    return [String(row.seq), ...below]
  })
}

const shown = (rows: readonly Row[]) =>
  rows.map(row =>
    row.item === 'gap' ? `gap ${row.gap.fromN}` : row.item === 'line' ? `${row.seq} line ${row.line}` : String(row.seq),
  )

/** Each row asked for by itself and all of them at once; the way back from each event. */
async function check(
  plain: ReturnType<typeof createViews>,
  unfolded: typeof plain,
  lines: ReadonlyMap<number, number>,
) {
  const { items: rows } = await plain.rows(1, 0, 2000)
  const truth = expected(rows, lines)
  const page = await unfolded.rows(1, 0, 2000)
  expect(shown(page.items)).toEqual(truth)
  for (let index = 0; index < truth.length; index++)
    expect(shown((await unfolded.rows(1, index, 1)).items)).toEqual([truth[index]])
  for (const row of rows)
    if (row.item === 'event') expect(unfolded.locate(1, row.seq)).toBe(truth.indexOf(String(row.seq)))
  expect(unfolded.seqs(1, 0, truth.length)).toEqual(plain.seqs(1, 0, rows.length))
}

it('has lines below what is unfolded, while the list changes, in any order and with groups', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(action, fc.nat({ max: 1000 })), { minLength: 3, maxLength: 20, size: 'max' }),
      fc.boolean(),
      fc.boolean(),
      async (actions, descending, group) => {
        const log = new FakeLog({ chunkRows: 8 })
        const spec: ViewSpec = { session: null, filter: {}, group, sort: { by: 'time', descending } }
        const [plain, unfolded] = [createViews(() => {}), createViews(() => {})]
        const lines = new Map<number, number>()
        plain.setView(log, spec)
        unfolded.setView(log, spec)
        let n = 0
        for (const [what, number] of actions) {
          if (what === 'append') {
            const types = Array.from({ length: number % 6 }, (_, i) => 'ab'[(number >> i) & 1] as string)
            log.append(types.map(type => ({ producer: 0, n: ++n, time: n, type })))
            do await new Promise<void>(resolve => setTimeout(resolve))
            while (plain.busy || unfolded.busy)
          } else if (what === 'evict') log.evict(Math.min(log.endSeq, log.firstSeq + (number % 4)))
          else if (what === 'group') {
            for (const views of [plain, unfolded]) views.openGroup(1, log.firstSeq, number % 2 === 0)
          } else {
            const seq = log.firstSeq + (number % Math.max(1, log.endSeq - log.firstSeq))
            const count = what === 'fold' ? 0 : 1 + (number % 5)
            unfolded.unfold(1, seq, count)
            if (count) lines.set(seq, count)
            else lines.delete(seq)
          }
          await check(plain, unfolded, lines)
        }
        plain.dispose()
        unfolded.dispose()
      },
    ),
    { seed: 47, numRuns: 60 },
  )
})

it('keeps what is unfolded in a new view of the session, and not in that of another', async () => {
  const log = new FakeLog({ chunkRows: 8 })
  log.append(['a', 'b', 'a'].map((type, i) => ({ producer: 0, n: i + 1, time: i, type })))
  const views = createViews(() => {})
  views.setView(log, { session: null, filter: {}, unfolded: [{ seq: 1, lines: 2 }] })
  expect(shown((await views.rows(1, 0, 10)).items)).toEqual(['0', '1', '1 line 0', '1 line 1', '2'])
  views.follow(log)
  expect(shown((await views.rows(1, 0, 10)).items)).toEqual(['0', '1', '2'])
})

it('is bounded, whatever is asked for', async () => {
  const log = new FakeLog({ chunkRows: 64 })
  log.append(Array.from({ length: 150 }, (_, i) => ({ producer: 0, n: i + 1, time: i, type: 'a' })))
  const views = createViews(() => {})
  views.setView(log, { session: null, filter: {} })
  for (let seq = 0; seq < 150; seq++) views.unfold(1, seq, seq === 0 ? 1e9 : Number.NaN)
  views.unfold(1, 99_999, 5)
  const { items } = await views.rows(1, 0, 2000)
  expect(items.filter(({ item }) => item === 'line').length).toBe(200)
})
