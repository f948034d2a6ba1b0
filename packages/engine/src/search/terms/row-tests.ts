import { seqsOfIds } from '../../log/event-row'
import type { SteadyChunk, SteadyLog } from '../../log/reader'
import type { Selection } from './selection'
import type { TermContext } from './term-context'
import type { TermTest } from './term-test'

/** Tests for the events that the user bookmarked. */
export function bookmarkTest(log: SteadyLog): TermTest {
  const seqs = new Set(seqsOfIds(log, log.session.bookmarks ?? []).values())
  return rowTest(
    ({ firstSeq }) =>
      row =>
        seqs.has(firstSeq + row),
  )
}

/** Tests for events that changed a state which the app registered. */
export function patchTest(): TermTest {
  return rowTest(({ patches }) => {
    const rows = new Set(patches.map(({ row }) => row))
    return row => rows.has(row)
  })
}

/** Tests for events right before or after a gap in their producer's numbers. */
export function gapTest(context: TermContext): TermTest {
  const { log } = context
  const beside = new Map<string, Set<number>>()
  for (const { producer, fromN, toN } of context.gaps()) {
    const numbers = beside.get(producer) ?? new Set()
    numbers.add(fromN - 1).add(toN + 1)
    beside.set(producer, numbers)
  }
  return rowTest(chunk => {
    const sets = log.producers.map(id => beside.get(id))
    return row => sets[chunk.producer[row] as number]?.has(chunk.n[row] as number) === true
  })
}

/** Makes a test that decides row by row. `of` is called once for each chunk, and gives the function that decides its rows. */
export function rowTest(of: (chunk: SteadyChunk) => (row: number) => boolean): TermTest {
  return {
    narrow(chunk: SteadyChunk, _: unknown, selection: Selection) {
      const holds = of(chunk)
      const rows = selection.explicit()
      let k = 0
      for (let i = 0; i < selection.count; i++) {
        const row = rows[i] as number
        if (holds(row)) rows[k++] = row
      }
      selection.count = k
    },
  }
}
