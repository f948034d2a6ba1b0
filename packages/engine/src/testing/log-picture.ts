import type { Gap } from '@playhead/shared/model/gap'
import { COLUMN_NAMES } from '@playhead/shared/wire/column-set'
import type { ColumnName, RowValues } from '@playhead/shared/wire/column-table'
import { NO_FACET } from '@playhead/shared/wire/columns'
import type { LogChunk, LogReader } from '../log/reader'

const decoder = new TextDecoder()

/** Everything visible of a log as plain data, to compare one log with another, or with what was put in. */
export async function pictureOf(log: LogReader) {
  const rows: ReturnType<typeof rowOf>[] = []
  for (const chunk of [...log.chunks]) {
    if (chunk.firstRow === chunk.count) continue
    const text = await log.loadText(chunk)
    for (let row = chunk.firstRow; row < chunk.count; row++) rows.push(rowOf(log, chunk, row, text))
  }
  const { producers, marks, takes, events, missing } = log.session
  return {
    rows,
    gaps: log.gaps.map(gapOf).sort((a, b) => (a.id < b.id ? -1 : 1)),
    keyframes: log.keyframes.map(keyframe => ({ ...keyframe })),
    session: structuredClone({ producers, marks, takes, events, missing }),
    firstSeq: rows[0]?.seq ?? -1,
    endSeq: log.endSeq,
  }
}

function gapOf({ producer, fromN, toN, reason, count, from, to }: Gap) {
  return { id: `${producer}-${String(fromN).padStart(10, '0')}`, toN, reason, count, from, to }
}

function rowOf(log: LogReader, chunk: LogChunk, row: number, text: Uint8Array | undefined) {
  const start = row === 0 ? 0 : chunk.payloadEnds[row - 1]
  const producer = chunk.producer[row]!
  const n = chunk.n[row]!
  const seq = chunk.firstSeq + row
  return {
    seq,
    found: log.seqOf(producer, n) === seq,
    producer: log.producers[producer],
    n,
    take: chunk.take[row],
    time: chunk.time[row],
    type: log.types[chunk.type[row]!],
    source: log.sources[chunk.source[row]!],
    bytes: [chunk.kind[row], chunk.level[row], chunk.flags[row], chunk.via[row], chunk.causeKind[row]].join(' '),
    causeN: chunk.causeN[row],
    duration: chunk.duration[row],
    ...laterColumns(chunk, row),
    payload: text && decoder.decode(text.subarray(start, chunk.payloadEnds[row])),
    facets: chunk.facets.flatMap(facet => {
      if (facet.form === 'number') return Number.isNaN(facet.values[row]) ? [] : [`${facet.name}=${facet.values[row]}`]
      const code = facet.codes[row]!
      return code === NO_FACET ? [] : [`${facet.name}=${facet.values[code]}`]
    }),
    more: [
      ...chunk.moreCauses.filter(entry => entry.row === row).map(entry => `${entry.id} ${entry.kind}`),
      ...chunk.patches.filter(entry => entry.row === row).map(entry => `${entry.state} ${entry.json}`),
      ...chunk.foreignIds.filter(entry => entry.row === row).map(entry => entry.id),
      ...chunk.originalSizes.filter(entry => entry.row === row).map(entry => entry.bytes),
    ],
  }
}

/** Columns that `rowOf` has by name. */
const NAMED: readonly ColumnName[] = [
  ...(['producer', 'n', 'take', 'time', 'type', 'source', 'kind', 'level', 'flags', 'via'] as const),
  ...(['causeN', 'causeKind', 'duration', 'payloadEnds'] as const),
]
const LATER = COLUMN_NAMES.filter(name => !NAMED.includes(name))

/** Columns that were added since the pictures among the fixtures were made, where they hold something. */
function laterColumns(chunk: LogChunk, row: number): Partial<RowValues> {
  return Object.fromEntries(LATER.filter(name => chunk[name][row] !== 0).map(name => [name, chunk[name][row]]))
}
