import { COLUMNS, type ColumnArray, type ColumnName, type Columns, type ColumnValues } from './column-table'
import { WireError } from './error'

/** The tables of the section `meta` that ids in columns refer to. */
export type IdTables = { [T in Extract<ColumnValues, { are: 'ids' }>['of']]?: readonly [id: number, text: string][] }

/** Checks that the first `count` rows hold what the table of columns says. An id whose table is not given is refused. Throws WireError. */
export function checkColumns<K extends ColumnName>(
  columns: Columns<K>,
  names: readonly K[],
  count: number,
  tables: IdTables,
): void {
  for (const name of names) checkColumn(columns[name], count, name, COLUMNS[name].values, tables)
}

function checkColumn(column: ColumnArray, count: number, name: string, values: ColumnValues, tables: IdTables): void {
  switch (values.are) {
    case 'any':
      break
    case 'within':
      if (column instanceof Uint8Array) checkBytes(column, count, name, values)
      else checkNumbers(column, count, name, values)
      break
    case 'clock':
      checkFinite(column, count, name)
      break
    case 'ids':
      checkIds(column, count, name, tables[values.of] ?? [])
      break
    case 'ends':
      checkEnds(column, count, name)
      break
    default:
      values satisfies never
  }
}

interface Bounds {
  least: number
  most: number
}

/** Does what `checkNumbers` does, for bytes only: a loop that sees many kinds of arrays is slower for each, and most columns are bytes. */
function checkBytes(column: Uint8Array, count: number, name: string, { least, most }: Bounds): void {
  for (let row = 0; row < count; row++) {
    const value = column[row]!
    if (value < least || value > most) throw outOfRange(name, row, value)
  }
}

function checkNumbers(column: ColumnArray, count: number, name: string, { least, most }: Bounds): void {
  for (let row = 0; row < count; row++) {
    const value = column[row]!
    // Written so that NaN fails too.
    if (!(value >= least && value <= most)) throw outOfRange(name, row, value)
  }
}

function checkFinite(column: ColumnArray, count: number, name: string): void {
  for (let row = 0; row < count; row++) {
    if (!Number.isFinite(column[row]!)) throw outOfRange(name, row, column[row]!)
  }
}

function checkEnds(column: ColumnArray, count: number, name: string): void {
  let end = 0
  for (let row = 0; row < count; row++) {
    const value = column[row]!
    if (value < end) throw outOfRange(name, row, value)
    end = value
  }
}

function checkIds(
  column: ColumnArray,
  count: number,
  name: string,
  table: readonly (readonly [number, string])[],
): void {
  const known = new Set(table.map(([id]) => id))
  let last = -1
  for (let row = 0; row < count; row++) {
    const id = column[row]!
    if (id !== last && !known.has(id)) throw new WireError(`${id} is not in the table`, `${name}, row ${row}`)
    last = id
  }
}

function outOfRange(column: string, row: number, value: number): WireError {
  return new WireError(`${value} is out of range`, `${column}, row ${row}`)
}
