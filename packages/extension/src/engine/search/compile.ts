import type { Filter } from '@playhead/shared/filter/filter'
import { Flag, KINDS, LEVELS, RECORDING } from '@playhead/shared/model/event'
import type { LogChunk, LogReader } from '../log/reader'
import { factsOf } from './chunk-facts'
import { NameTable } from './name-table'
import { ALL, type Selection } from './selection'

/** The part of a filter that columns decide. */
export interface ColumnTest {
  /** Narrows the rows of `chunk` that `selection` holds. */
  narrow(chunk: LogChunk, selection: Selection): void
  /** Whether facts that arrive late (flags, duration) can change the answer. */
  readonly readsFlags: boolean
}

/** Compiles the filter for a session's log. String ids that appear later are looked up when their rows come. */
export function compileColumns(filter: Filter, reader: LogReader): ColumnTest {
  const types = NameTable.of(filter.types, filter.notTypes)
  const sources = NameTable.of(filter.sources, filter.notSources)
  const level = levelTable(filter)
  const kinds = filter.kinds?.length ? indexTable(filter.kinds.map(kind => KINDS.indexOf(kind))) : undefined
  const flags = flagTable(filter)
  const takes = filter.takes?.length ? filter.takes : [RECORDING]
  const takeTable = indexTable(takes)
  const low = filter.from ?? Number.NEGATIVE_INFINITY
  const high = filter.to ?? Number.POSITIVE_INFINITY
  const facets = filter.facets ?? []

  return {
    readsFlags: flags !== undefined || filter.roots === true,
    narrow(chunk, selection) {
      narrowTime(chunk, selection, low, high)
      if (selection.size === 0) return
      const take = factsOf(chunk)?.take ?? ALL
      if (take === ALL) selection.keep16(chunk.take, takeTable)
      else if (takeTable[take] !== 1) selection.clear()
      if (types) selection.keep16(chunk.type, types.upTo(reader.types))
      if (sources) selection.keep16(chunk.source, sources.upTo(reader.sources))
      if (level) selection.keep8(chunk.level, level)
      if (kinds) selection.keep8(chunk.kind, kinds)
      if (flags) selection.keep8(chunk.flags, flags)
      if (filter.roots) selection.keepFlaggedOrZero(chunk.flags, Flag.input, chunk.causeKind)
      for (const facet of facets) narrowFacet(chunk, selection, facet.name, facet.value)
    },
  }
}

function narrowTime(chunk: LogChunk, selection: Selection, low: number, high: number): void {
  if (chunk.minTime > high || chunk.maxTime < low) selection.clear()
  else if (chunk.minTime >= low && chunk.maxTime <= high) return
  else if (!chunk.monotonic) selection.keepBetween(chunk.time, low, high)
  else {
    const { from, to } = selection
    selection.from = firstRow(chunk.time, from, to, time => time >= low)
    selection.to = firstRow(chunk.time, selection.from, to, time => time > high)
  }
}

function firstRow(time: Float64Array, from: number, to: number, holds: (time: number) => boolean): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(time[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}

function narrowFacet(chunk: LogChunk, selection: Selection, name: string, value: string | number): void {
  const form = typeof value === 'number' ? 'number' : 'text'
  const column = chunk.facets.find(facet => facet.name === name && facet.form === form)
  if (column?.form === 'number') selection.keepBetween(column.values, value as number, value as number)
  else if (column?.form === 'text' && column.values.includes(value as string)) {
    selection.keepCode(column.codes, column.values.indexOf(value as string))
  } else selection.clear()
}

function levelTable(filter: Filter): Uint8Array | undefined {
  if (filter.level === undefined || filter.level === LEVELS[LEVELS.length - 1]) return undefined
  return new Uint8Array(256).fill(1, 0, LEVELS.indexOf(filter.level) + 1)
}

function flagTable(filter: Filter): Uint8Array | undefined {
  if (!filter.flags?.length) return undefined
  const mask = filter.flags.reduce((bits, name) => bits | Flag[name], 0)
  return new Uint8Array(256).map((_, flags) => ((flags & mask) === mask ? 1 : 0))
}

/** 1 at every given index; long enough for any value of a column. */
function indexTable(indexes: readonly number[]): Uint8Array {
  const table = new Uint8Array(0x10000)
  for (const index of indexes) if (index >= 0 && index < table.length) table[index] = 1
  return table
}
