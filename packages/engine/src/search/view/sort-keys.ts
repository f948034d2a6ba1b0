import { NO_FACET } from '@playhead/shared/wire/columns'
import type { SortKey } from '../../contract/view'
import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'

/**
 * A number for each event of `seqs`, so that events sorted by their numbers are sorted by `key`. Names get their rank by code units. NaN
 * stands for an event that has no value, or is not in the log any more.
 */
export function sortKeys(reader: LogReader, seqs: Uint32Array, key: SortKey): Float64Array {
  const keys = new Float64Array(seqs.length)
  const read = readerOf(reader, key)
  for (let i = 0; i < seqs.length; i++) keys[i] = read(seqs[i] as number)
  return keys
}

/** Gives the number of one event. */
function readerOf(reader: LogReader, key: SortKey): (seq: number) => number {
  if (typeof key === 'object') return facetReader(reader, key.facet)
  if (key === 'seq') return seq => seq
  if (key === 'type' || key === 'source') {
    const ranks = ranksOf(key === 'type' ? reader.types : reader.sources)
    return rowReader(reader, (chunk, row) => ranks[chunk[key][row] as number] as number)
  }
  if (key === 'size') {
    return rowReader(
      reader,
      ({ payloadEnds }, row) => (payloadEnds[row] as number) - (row === 0 ? 0 : (payloadEnds[row - 1] as number)),
    )
  }
  return rowReader(reader, (chunk, row) => chunk[key][row] as number)
}

/** Turns a reader of rows into one of seqs. */
function rowReader(
  reader: LogReader,
  read: (chunk: NonNullable<ReturnType<typeof chunkAt>>, row: number) => number,
): (seq: number) => number {
  return seq => {
    const chunk = chunkAt(reader, seq)
    return chunk ? read(chunk, seq - chunk.firstSeq) : Number.NaN
  }
}

/** Sorts a facet's numbers before its texts: numbers by size, texts by code units. */
function facetReader(reader: LogReader, name: string): (seq: number) => number {
  const texts = new Set<string>()
  for (const { facets } of reader.chunks) {
    for (const facet of facets) {
      if (facet.name === name && facet.form === 'text') for (const value of facet.values) texts.add(value)
    }
  }
  const sorted = [...texts].sort(byLetters)
  const rank = new Map(sorted.map((value, i) => [value, i]))
  return rowReader(reader, ({ facets }, row) => {
    let text = Number.NaN
    for (const facet of facets) {
      if (facet.name !== name) continue
      if (facet.form === 'number') {
        const value = facet.values[row] as number
        if (!Number.isNaN(value)) return value
      } else if (facet.codes[row] !== NO_FACET) {
        // A text's rank becomes a number above any that a facet is likely to have.
        text = Number.MAX_VALUE * (0.5 + (rank.get(facet.values[facet.codes[row] as number] as string) ?? 0) * 1e-7)
      }
    }
    return text
  })
}

/** Place of each name in sorted order, by the name's id. */
function ranksOf(names: readonly string[]): Uint32Array {
  const order = names.map((_, id) => id).sort((a, b) => byLetters(names[a] as string, names[b] as string))
  const ranks = new Uint32Array(names.length)
  for (const [rank, id] of order.entries()) ranks[id] = rank
  return ranks
}

function byLetters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
