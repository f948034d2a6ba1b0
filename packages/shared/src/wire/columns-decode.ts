import { CAUSE_KINDS, KINDS, LEVELS } from '../model/event'
import { MAX_N, parseEventId } from '../model/id'
import { array, finite, text, whole } from './check'
import { COLUMNS } from './column-table'
import { type EventColumns, type FacetColumn, NO_FACET, type StringTable } from './columns'
import { padded, type SectionData } from './container'
import { WireError } from './error'
import { Limits } from './limits'
import { type SectionSet, sectionName } from './section-set'
import { Section } from './sections'

/** Longest text of an id from elsewhere, and of a reference to an artifact; characters. */
const FOREIGN_ID = 512
const ARTIFACT = 2048

/** What batches and chunks have in common, every value checked. Columns are views into the buffer where they are in it. */
export function readColumns(set: SectionSet, count: number, types: StringTable, sources: StringTable): EventColumns {
  const columns: Record<string, unknown> = {}
  for (const [name, kind, Type] of COLUMNS) columns[name] = readColumn(set, kind, Type as ColumnType<unknown>, count)
  const events: EventColumns = {
    ...(columns as unknown as EventColumns),
    count,
    facets: readFacets(set, count),
    moreCauses: set.tuples(Section.moreCauses).map(([row, id, kind], i) => {
      const where = `moreCauses, entry ${i}`
      if (typeof id !== 'string' || !parseEventId(id)) throw new WireError('not an event id', where)
      return { row: rowOf(row, count, where), id, kind: whole(kind, 0, CAUSE_KINDS.length - 1, where) }
    }),
    patches: set.tuplesWithText(Section.patches).map(({ tuple: [row, state], text: json }, i) => {
      const where = `patches, entry ${i}`
      return { row: rowOf(row, count, where), state: text(state, Limits.name, where), json }
    }),
    foreignIds: set.tuples(Section.foreignIds).map(([row, id], i) => {
      const where = `foreignIds, entry ${i}`
      return { row: rowOf(row, count, where), id: text(id, FOREIGN_ID, where) }
    }),
    artifacts: set.tuples(Section.artifacts).map(([row, ref], i) => {
      const where = `artifacts, entry ${i}`
      return { row: rowOf(row, count, where), ref: text(ref, ARTIFACT, where) }
    }),
    originalSizes: set.tuples(Section.originalSizes).map(([row, bytes], i) => {
      const where = `originalSizes, entry ${i}`
      const size = finite(bytes, where)
      if (size < -1) throw new WireError('must be a size, or -1 for not known', where)
      return { row: rowOf(row, count, where), bytes: size }
    }),
    unknown: set.unknown,
  }
  checkValues(events)
  checkIds(events.type, count, types, 'type')
  checkIds(events.source, count, sources, 'source')
  return events
}

interface ColumnType<T> {
  new (length: number): T
  new (buffer: ArrayBufferLike, offset: number, length: number): T
  BYTES_PER_ELEMENT: number
}

export function readColumn<T>(set: SectionSet, kind: number, Type: ColumnType<T>, count: number): T {
  const bytes = set.bytes(kind)
  if (!bytes) return new Type(count)
  if (bytes.length !== count * Type.BYTES_PER_ELEMENT) {
    throw new WireError(`${bytes.length} bytes for ${count} rows`, sectionName(kind))
  }
  return new Type(bytes.buffer, bytes.byteOffset, count)
}

export function readTable(value: unknown, where: string): StringTable {
  const seen = new Set<number>()
  return array(value, Limits.strings + 1, where).map((entry, i) => {
    const at = `${where}, entry ${i}`
    const [id, name] = array(entry, 2, at)
    const code = whole(id, 0, 0xffff, at)
    if (seen.has(code)) throw new WireError(`${code} is there twice`, at)
    seen.add(code)
    return [code, text(name, Limits.name, at)]
  })
}

export function checkIds(column: Uint16Array, count: number, table: readonly [number, string][], name: string): void {
  const known = new Set(table.map(([id]) => id))
  let last = -1
  for (let row = 0; row < count; row++) {
    const id = column[row]!
    if (id !== last && !known.has(id)) throw new WireError(`${id} is not in the table`, `${name}, row ${row}`)
    last = id
  }
}

function checkValues({ count, n, time, kind, level, causeN, causeKind, duration, payloadEnds }: EventColumns): void {
  let end = 0
  for (let row = 0; row < count; row++) {
    if (n[row]! < 1 || n[row]! > MAX_N) throw bad('n', row, n[row]!)
    if (!Number.isFinite(time[row]!)) throw bad('time', row, time[row]!)
    if (kind[row]! >= KINDS.length) throw bad('kind', row, kind[row]!)
    if (level[row]! >= LEVELS.length) throw bad('level', row, level[row]!)
    if (causeN[row]! > MAX_N) throw bad('causeN', row, causeN[row]!)
    if (causeKind[row]! >= CAUSE_KINDS.length) throw bad('causeKind', row, causeKind[row]!)
    if (!(duration[row]! >= 0 && duration[row]! < Number.POSITIVE_INFINITY)) throw bad('duration', row, duration[row]!)
    if (payloadEnds[row]! < end) throw bad('payloadEnds', row, payloadEnds[row]!)
    end = payloadEnds[row]!
  }
}

function bad(column: string, row: number, value: number): WireError {
  return new WireError(`${value} is out of range`, `${column}, row ${row}`)
}

export function rowOf(row: unknown, count: number, where: string): number {
  return whole(row, 0, count - 1, where)
}

function readFacets(set: SectionSet, count: number): FacetColumn[] {
  const seen = new Set<string>()
  return set.facets.map((data, i) => {
    const where = `facet ${i}`
    const facet =
      data.kind === Section.facetText
        ? readFacetText(set, data, count, where)
        : readFacetNumber(set, data, count, where)
    const key = `${facet.form} ${facet.name}`
    if (seen.has(key)) throw new WireError('is there twice', where)
    seen.add(key)
    return facet
  })
}

function readFacetText(set: SectionSet, { bytes }: SectionData, count: number, where: string): FacetColumn {
  const start = padded(count * 2)
  if (bytes.length < start) throw new WireError(`${bytes.length} bytes for ${count} rows`, where)
  const [name, list] = array(set.parse(bytes.subarray(start), where), 2, where)
  const values = array(list, Limits.strings, where).map(value => text(value, Limits.facetText, where))
  const codes = new Uint16Array(bytes.buffer, bytes.byteOffset, count)
  for (let row = 0; row < count; row++) {
    const code = codes[row]!
    if (code >= values.length && code !== NO_FACET)
      throw new WireError(`${code} is not in the table`, `${where}, row ${row}`)
  }
  return { name: text(name, Limits.name, where), form: 'text', values, codes }
}

function readFacetNumber(set: SectionSet, { bytes }: SectionData, count: number, where: string): FacetColumn {
  const start = count * 8
  if (bytes.length < start) throw new WireError(`${bytes.length} bytes for ${count} rows`, where)
  const name = text(set.utf8(bytes.subarray(start), where), Limits.name, where)
  return { name, form: 'number', values: new Float64Array(bytes.buffer, bytes.byteOffset, count) }
}
