import {
  type BatchColumn,
  COLUMNS,
  type ColumnArray,
  type ColumnName,
  type ColumnSpec,
  type Columns,
  type LogColumn,
  type PageColumn,
} from './column-table'

/** The names of the table's columns, in its order. */
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[]
export const PAGE_COLUMNS = namesSince('page') as PageColumn[]
export const BATCH_COLUMNS = namesSince('page', 'batch') as BatchColumn[]
export const LOG_COLUMNS = namesSince('log') as LogColumn[]

function namesSince(...stages: ColumnSpec['since'][]): ColumnName[] {
  return COLUMN_NAMES.filter(name => stages.includes(COLUMNS[name].since))
}

/** Taken when this loads, as what follows runs in pages, which may patch it later. It defines members, so no setter of theirs is called. */
const { fromEntries } = Object

/**
 * An object with an array for each of `names`; `make` gives it, of the kind that the table says. Objects made from the same names have
 * one hidden class, so that code which reads `columns.time` for every event stays fast.
 */
export function makeColumns<K extends ColumnName>(names: readonly K[], make: (name: K) => ColumnArray): Columns<K> {
  const members: [K, ColumnArray][] = []
  for (const name of names) members[members.length] = [name, make(name)]
  return fromEntries(members) as unknown as Columns<K>
}

/** Makes columns of `rows` zeros each. */
export function newColumns<K extends ColumnName>(names: readonly K[], rows: number): Columns<K> {
  return makeColumns(names, name => new COLUMNS[name].array(rows))
}

/** Returns the bytes of one row of these columns. */
export function rowBytes(names: readonly ColumnName[]): number {
  return names.reduce((bytes, name) => bytes + COLUMNS[name].array.BYTES_PER_ELEMENT, 0)
}
