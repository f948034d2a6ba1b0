import { CAUSE_KINDS } from '../model/event'
import { parseEventId } from '../model/id'
import { array, finite, text, whole } from './check'
import { checkColumns, type IdTables } from './column-check'
import { BATCH_COLUMNS, makeColumns } from './column-set'
import { COLUMNS, type ColumnArray, type ColumnName, type Columns } from './column-table'
import { type EventColumns, type FacetColumn, NO_FACET, type StringTable } from './columns'
import { padded, type SectionData } from './container'
import { WireError } from './error'
import { Limits } from './limits'
import type { SectionSet } from './section-set'
import { Section } from './sections'

/** An id from elsewhere, and a reference to an artifact, have at most so many characters. */
const FOREIGN_ID = 512
const ARTIFACT = 2048

/**
 * Reads what batches and chunks have in common, and checks every value. Columns are views into the buffer, unless they are absent from it.
 */
export function readEvents(set: SectionSet, count: number, tables: IdTables): EventColumns {
  return {
    ...readColumns(set, BATCH_COLUMNS, count, tables),
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
}

/** Reads columns and checks every value. A column whose section is absent is all zeros. Throws WireError. */
export function readColumns<K extends ColumnName>(
  set: SectionSet,
  names: readonly K[],
  count: number,
  tables: IdTables,
): Columns<K> {
  const columns = makeColumns(names, name => readColumn(set, name, count))
  checkColumns(columns, names, count, tables)
  return columns
}

function readColumn(set: SectionSet, name: ColumnName, count: number): ColumnArray {
  const { section, array: ArrayType } = COLUMNS[name]
  const bytes = set.bytes(section)
  if (!bytes) return new ArrayType(count)
  if (bytes.length !== count * ArrayType.BYTES_PER_ELEMENT) {
    throw new WireError(`${bytes.length} bytes for ${count} rows`, name)
  }
  return new ArrayType(bytes.buffer as ArrayBuffer, bytes.byteOffset, count)
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

function rowOf(row: unknown, count: number, where: string): number {
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
