import { CHUNK_ROWS, Flag } from '@playhead/shared/model/event'
import { BATCH_COLUMNS, LOG_COLUMNS } from '@playhead/shared/wire/column-set'
import { COLUMNS, type ColumnArray, type LogColumn, type RowValues } from '@playhead/shared/wire/column-table'
import { type Batch, type FacetColumn, NO_FACET } from '@playhead/shared/wire/columns'
import type { MemoryChunk } from './chunk'

/** A chunk has at most so many columns of facets. Further ones, of a page that keeps inventing names, are dropped. */
const MOST_FACETS = 256
/**
 * The largest distance from the epoch in ms that a JavaScript date can have. It keeps a forged clock from making times that cannot be
 * stored.
 */
const MOST_TIME = 8.64e15

/** What becomes other numbers when a batch is taken into the log. */
export interface Translation {
  /** Code of the producer in the session. */
  producer: number
  /** ms that are added to the batch's times. */
  offset: number
  /** Ids in the session, by ids in the batch. */
  types: Uint16Array
  sources: Uint16Array
  /** Ids in the session of `(other)`; -1 where every string found room. */
  otherType: number
  otherSource: number
}

/** Returns the session time in ms of a moment on a producer's clock, brought within the bounds of dates. */
export function sessionTime(time: number, offset: number): number {
  return Math.min(MOST_TIME, Math.max(-MOST_TIME, time + offset))
}

/**
 * Appends rows `from … to` (exclusive) of a batch; they must fit. What becomes of a column follows from what its values are in the table
 * of columns. Facets and sparse sections follow with `appendSparse`.
 */
export function appendRows(chunk: MemoryChunk, batch: Batch, from: number, to: number, how: Translation): void {
  const at = chunk.count
  const size = to - from
  const textStart = from === 0 ? 0 : batch.payloadEnds[from - 1]!
  const textEnd = batch.payloadEnds[to - 1]!
  const shift = chunk.textBytes - textStart
  chunk.appendText(batch.text.subarray(textStart, textEnd))
  const all = from === 0 && to === batch.n.length
  for (const name of BATCH_COLUMNS) {
    const { values } = COLUMNS[name]
    const column = all ? batch[name] : batch[name].subarray(from, to)
    switch (values.are) {
      case 'any':
      case 'within':
        chunk[name].set(column, at)
        break
      case 'clock':
        appendTimes(chunk[name], at, column, size, how.offset)
        break
      case 'ids':
        appendIds(chunk[name], at, column, size, how[values.of])
        break
      case 'ends':
        appendEnds(chunk[name], at, column, size, shift)
        break
      default:
        values satisfies never
    }
  }
  const constant: RowValues<LogColumn> = { producer: how.producer }
  for (const name of LOG_COLUMNS) chunk[name].fill(constant[name], at, at + size)
  if (how.otherType >= 0 || how.otherSource >= 0) markOverflow(chunk, at, at + size, how)
  chunk.count = at + size
  chunk.measureTimes(at, at + size)
}

function appendTimes(to: ColumnArray, at: number, from: ColumnArray, size: number, offset: number): void {
  for (let i = 0; i < size; i++) to[at + i] = sessionTime(from[i]!, offset)
}

function appendIds(to: ColumnArray, at: number, from: ColumnArray, size: number, ids: Uint16Array): void {
  for (let i = 0; i < size; i++) to[at + i] = ids[from[i]!]!
}

function appendEnds(to: ColumnArray, at: number, from: ColumnArray, size: number, shift: number): void {
  for (let i = 0; i < size; i++) to[at + i] = from[i]! + shift
}

function markOverflow({ type, source, flags }: MemoryChunk, from: number, to: number, how: Translation): void {
  for (let row = from; row < to; row++) {
    if (type[row] === how.otherType || source[row] === how.otherSource) flags[row]! |= Flag.overflow
  }
}

/** Appends facets and sparse lists of rows `from` to `to` (exclusive) of a batch, the first of which is row `at` of the chunk now. */
export function appendSparse(chunk: MemoryChunk, batch: Batch, from: number, to: number, at: number): void {
  for (const facet of batch.facets) appendFacet(chunk, facet, from, to, at)
  const shift = at - from
  const inside = (entry: { row: number }) => entry.row >= from && entry.row < to
  for (const entry of batch.moreCauses) if (inside(entry)) chunk.moreCauses.push({ ...entry, row: entry.row + shift })
  for (const entry of batch.patches) {
    if (!inside(entry)) continue
    chunk.patches.push({ ...entry, row: entry.row + shift })
    chunk.extraBytes += entry.json.length
  }
  for (const entry of batch.foreignIds) if (inside(entry)) chunk.foreignIds.push({ ...entry, row: entry.row + shift })
  for (const entry of batch.artifacts) if (inside(entry)) chunk.artifacts.push({ ...entry, row: entry.row + shift })
  for (const entry of batch.originalSizes)
    if (inside(entry)) chunk.originalSizes.push({ ...entry, row: entry.row + shift })
  chunk.extraBytes += 32 * (batch.moreCauses.length + batch.foreignIds.length + batch.artifacts.length)
}

/** Appends the sections of a batch that nobody here understands. They are copied, so that the batch's buffer can go. */
export function appendUnknown(chunk: MemoryChunk, batch: Batch): void {
  for (const section of batch.unknown) {
    chunk.unknown.push({ ...section, bytes: section.bytes.slice() })
    chunk.extraBytes += section.bytes.length
  }
}

function appendFacet(chunk: MemoryChunk, facet: FacetColumn, from: number, to: number, at: number): void {
  const column = chunk.facets.find(other => other.name === facet.name && other.form === facet.form)
  if (facet.form === 'number') {
    const target = (column ?? newFacet(chunk, facet)) as Extract<FacetColumn, { form: 'number' }> | undefined
    target?.values.set(facet.values.subarray(from, to), at)
    return
  }
  const target = (column ?? newFacet(chunk, facet)) as Extract<FacetColumn, { form: 'text' }> | undefined
  if (!target) return
  const ids = idsOf(chunk, target)
  const codes = new Uint16Array(facet.values.length).fill(NO_FACET)
  for (let row = from; row < to; row++) {
    const code = facet.codes[row]!
    if (code === NO_FACET) continue
    if (codes[code] === NO_FACET) codes[code] = idOf(ids, target.values, facet.values[code]!)
    target.codes[at + row - from] = codes[code]!
  }
}

function newFacet(chunk: MemoryChunk, { name, form }: FacetColumn): FacetColumn | undefined {
  if (chunk.facets.length >= MOST_FACETS) return undefined
  const column: FacetColumn =
    form === 'text'
      ? { name, form, values: [], codes: new Uint16Array(CHUNK_ROWS).fill(NO_FACET) }
      : { name, form, values: new Float64Array(CHUNK_ROWS).fill(Number.NaN) }
  chunk.facets.push(column)
  chunk.extraBytes += CHUNK_ROWS * (form === 'text' ? 2 : 8)
  return column
}

function idsOf(chunk: MemoryChunk, column: Extract<FacetColumn, { form: 'text' }>): Map<string, number> {
  let ids = chunk.facetIds.get(column)
  if (!ids) chunk.facetIds.set(column, (ids = new Map(column.values.map((value, id) => [value, id]))))
  return ids
}

function idOf(ids: Map<string, number>, values: string[], value: string): number {
  let id = ids.get(value)
  if (id === undefined) ids.set(value, (id = values.push(value) - 1))
  return id
}
