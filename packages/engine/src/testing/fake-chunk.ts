import { COLUMN_NAMES, newColumns } from '@playhead/shared/wire/column-set'
import type { ColumnName, RowValues } from '@playhead/shared/wire/column-table'
import { type FacetColumn, type MoreCause, NO_FACET } from '@playhead/shared/wire/columns'
import { noExtras } from '@playhead/shared/wire/extras'
import type { LogChunk } from '../log/reader'

/** Columns that a test gives as text, or for every event. */
type GivenOtherwise = 'producer' | 'n' | 'time' | 'type' | 'source' | 'payloadEnds'

/** One event as a test writes it; everything but producer, n and time has a default. */
export interface FakeEvent extends Partial<RowValues<Exclude<ColumnName, GivenOtherwise>>> {
  producer: number
  n: number
  time: number
  type?: string
  source?: string
  moreCauses?: { id: string; kind: number }[]
  foreignId?: string
  originalBytes?: number
  /** JSON text. */
  payload?: string
  facets?: Record<string, string | number>
  /** JSON text. */
  patch?: string
}

export type FakeChunk = { -readonly [K in keyof LogChunk]: LogChunk[K] }
const encoder = new TextEncoder()

/** Appends one event to a chunk that has room for `rows` of them; `type` and `source` are the ids of its names. */
export function putEvent(chunk: FakeChunk, event: FakeEvent, type: number, source: number, rows: number): void {
  const row = chunk.count++
  const payloadEnds = putText(chunk, row, encoder.encode(event.payload ?? 'null'))
  const given: Partial<RowValues> = { ...event, type, source, payloadEnds }
  const otherwise: Partial<RowValues> = { kind: 2, level: 2, causeKind: event.causeN ? 1 : 0 }
  for (const name of COLUMN_NAMES) chunk[name][row] = given[name] ?? otherwise[name] ?? 0
  chunk.moreCauses.push(...(event.moreCauses ?? []).map((cause): MoreCause => ({ row, ...cause })))
  if (event.foreignId !== undefined) chunk.foreignIds.push({ row, id: event.foreignId })
  if (event.originalBytes !== undefined) chunk.originalSizes.push({ row, bytes: event.originalBytes })
  if (event.patch !== undefined) chunk.patches.push({ row, state: 'app', json: event.patch })
  putFacets(chunk, row, event.facets ?? {}, rows)
  chunk.monotonic &&= row === 0 || event.time >= (chunk.time[row - 1] as number)
  chunk.minTime = Math.min(chunk.minTime, event.time)
  chunk.maxTime = Math.max(chunk.maxTime, event.time)
}

/** Returns where the text ends. */
function putText(chunk: FakeChunk, row: number, bytes: Uint8Array): number {
  const start = row === 0 ? 0 : (chunk.payloadEnds[row - 1] as number)
  const end = start + bytes.length
  let text = chunk.text as Uint8Array
  if (end > text.length) {
    const next = new Uint8Array(end * 2)
    next.set(text)
    text = next
    chunk.text = next
  }
  text.set(bytes, start)
  return end
}

function putFacets(chunk: LogChunk, row: number, facets: Record<string, string | number>, rows: number): void {
  for (const [name, value] of Object.entries(facets)) {
    const form = typeof value === 'number' ? 'number' : 'text'
    let column = chunk.facets.find(facet => facet.name === name && facet.form === form)
    if (!column) {
      column = emptyFacet(name, form, rows)
      chunk.facets.push(column)
    }
    if (column.form === 'number') column.values[row] = value as number
    else {
      const known = column.values.indexOf(value as string)
      column.codes[row] = known >= 0 ? known : column.values.push(value as string) - 1
    }
  }
}

function emptyFacet(name: string, form: 'number' | 'text', rows: number): FacetColumn {
  if (form === 'number') return { name, form, values: new Float64Array(rows).fill(Number.NaN) }
  return { name, form, values: [], codes: new Uint16Array(rows).fill(NO_FACET) }
}

export function emptyChunk(firstSeq: number, rows: number): FakeChunk {
  return {
    firstSeq,
    firstRow: 0,
    count: 0,
    ...newColumns(COLUMN_NAMES, rows),
    ...noExtras(),
    minTime: Number.POSITIVE_INFINITY,
    maxTime: Number.NEGATIVE_INFINITY,
    monotonic: true,
    sealed: false,
    text: new Uint8Array(0),
  }
}
