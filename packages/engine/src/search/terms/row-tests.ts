import { seqsOfIds } from '../../log/event-row'
import type { LogChunk, LogReader } from '../../log/reader'
import type { Selection } from './selection'
import type { Reads, TermTest } from './term-test'

/** The events the user marked. */
export function bookmarkTest(reader: LogReader): TermTest {
  const seqs = new Set(seqsOfIds(reader, reader.session.bookmarks ?? []).values())
  return rowTest(
    ({ firstSeq }) =>
      row =>
        seqs.has(firstSeq + row),
  )
}

/** Events that changed a registered state. */
export function patchTest(): TermTest {
  return rowTest(({ patches }) => {
    const rows = new Set(patches.map(({ row }) => row))
    return row => rows.has(row)
  })
}

/** Events right before or after missing ones. */
export function gapTest(reader: LogReader): TermTest {
  const beside = new Map<string, Set<number>>()
  for (const { producer, fromN, toN } of reader.gaps) {
    const numbers = beside.get(producer) ?? new Set()
    numbers.add(fromN - 1).add(toN + 1)
    beside.set(producer, numbers)
  }
  return rowTest(chunk => {
    const sets = reader.producers.map(id => beside.get(id))
    return row => sets[chunk.producer[row] as number]?.has(chunk.n[row] as number) === true
  }, 'gaps')
}

export function rowTest(of: (chunk: LogChunk) => (row: number) => boolean, reads?: Reads): TermTest {
  return {
    ...(reads && { reads }),
    narrow(chunk: LogChunk, _: unknown, selection: Selection) {
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
