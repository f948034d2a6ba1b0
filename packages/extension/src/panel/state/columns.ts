import type { ExtraColumn, SortKey } from '@playhead/engine/contract/view'

/** A column of the table as it is kept: `facet:tick`, `payload:["a","b"]`, or one of the built-in ones. */
export interface Column {
  id: string
  /** Width in px; 0 takes what the others leave. */
  width: number
}

interface BuiltIn {
  title: string
  width: number
  sort?: 'time' | SortKey
  end?: boolean
  /** Pixels of the list under which it is left out: of those that nobody has chosen. */
  from?: number
}

const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  seq: { title: '#', width: 68, sort: 'seq', end: true, from: 460 },
  time: { title: 'Time', width: 92, sort: 'time', end: true },
  type: { title: 'Type', width: 190, sort: 'type' },
  source: { title: 'Source', width: 80, sort: 'source', from: 900 },
  level: { title: 'Level', width: 76, sort: 'level', from: 900 },
  kind: { title: 'Kind', width: 76, sort: 'kind' },
  producer: { title: 'Producer', width: 110, sort: 'producer' },
  take: { title: 'Take', width: 50, end: true },
  summary: { title: 'Payload', width: 0 },
  size: { title: 'Size', width: 70, sort: 'size', end: true },
  cause: { title: 'Cause', width: 76, from: 460 },
  duration: { title: 'Took', width: 70, sort: 'duration', end: true, from: 760 },
}

export const DEFAULT_COLUMNS: readonly Column[] = [
  ...['seq', 'time', 'type', 'source', 'level', 'summary', 'cause', 'duration'].map(builtIn),
]
export const BUILT_IN_IDS = Object.keys(BUILT_IN)
/** Widths in px in a list that is less than 760 px wide. */
const NARROW: Readonly<Record<string, number>> = { type: 136, time: 66, seq: 58, cause: 58 }
const MOST = 30
const NARROWEST = 36
const WIDEST = 1200
const FLEXIBLE = 120
/** A character of the payload is at least so many px wide. */
const LEAST_CHARACTER = 5
const LEAST_TEXT = 120

export function builtIn(id: string): Column {
  return { id, width: BUILT_IN[id]?.width ?? 110 }
}

export function facetColumn(name: string): Column {
  return { id: `facet:${name}`, width: 110 }
}

export function payloadColumn(path: readonly string[]): Column {
  return { id: `payload:${JSON.stringify(path)}`, width: 130 }
}

/** Says what the engine must bring for the column; undefined where every row has it. */
export function extraOf(id: string): ExtraColumn | undefined {
  if (id.startsWith('facet:')) return { facet: id.slice(6) }
  const path = id.startsWith('payload:') ? pathOf(id) : undefined
  return path && { payload: path }
}

export function titleOf(id: string): string {
  const extra = extraOf(id)
  if (extra) return 'facet' in extra ? extra.facet : extra.payload.join('.')
  return BUILT_IN[id]?.title ?? id
}

/** Names the key that a click on the column's head sorts by; undefined where it sorts by none. */
export function sortOf(id: string): 'time' | SortKey | undefined {
  const extra = extraOf(id)
  if (extra) return 'facet' in extra ? extra : undefined
  return BUILT_IN[id]?.sort
}

export function isAtEnd(id: string): boolean {
  return BUILT_IN[id]?.end === true
}

/** Picks the columns that have room in a list so many px wide. */
export function fitting(columns: readonly Column[], width: number): Column[] {
  return columns.filter(({ id }) => width >= (BUILT_IN[id]?.from ?? 0))
}

/** For `grid-template-columns`; in a narrow list the type gives way. */
export function template(columns: readonly Column[], width: number): string {
  return columns
    .map(column => (column.width === 0 ? `minmax(${FLEXIBLE}px, 1fr)` : `${widthIn(column, width)}px`))
    .join(' ')
}

/** The px that the columns need at least. */
export function leastWidth(columns: readonly Column[], width: number): number {
  return columns.reduce((sum, column) => sum + (widthIn(column, width) || FLEXIBLE), 0)
}

/** How many characters of the payload a row has: as many as fit into its column, and some to be read out where that is narrow. */
export function charactersIn(columns: readonly Column[], width: number): number {
  const set = columns.find(({ id }) => id === 'summary')?.width ?? 0
  const room = set || Math.max(0, width - leastWidth(columns, width)) + FLEXIBLE
  return Math.max(LEAST_TEXT, Math.ceil(room / LEAST_CHARACTER))
}

/** Width of the column in a list so many px wide; what the user has set stays. */
function widthIn({ id, width }: Column, list: number): number {
  const narrow = list < 760 && width === builtIn(id).width ? NARROW[id] : undefined
  return narrow ?? width
}

export function resized(columns: readonly Column[], id: string, width: number): Column[] {
  const fit = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
  return columns.map(column => (column.id === id ? { id, width: fit } : column))
}

/** Moves a column to the place `to` among all. */
export function moved(columns: readonly Column[], id: string, to: number): Column[] {
  const column = columns.find(one => one.id === id)
  if (!column) return [...columns]
  const rest = columns.filter(one => one !== column)
  rest.splice(Math.max(0, Math.min(rest.length, to)), 0, column)
  return rest
}

/** Shows or hides a column; a new one goes in front of the payload, and the last one cannot be hidden. */
export function toggled(columns: readonly Column[], column: Column): Column[] {
  if (columns.some(({ id }) => id === column.id)) {
    return columns.length > 1 ? columns.filter(({ id }) => id !== column.id) : [...columns]
  }
  if (columns.length >= MOST) return [...columns]
  const summary = columns.findIndex(({ id }) => id === 'summary')
  const next = [...columns]
  next.splice(summary < 0 ? next.length : summary, 0, column)
  return next
}

/** Reads the columns from storage; the standard ones where that makes no sense. */
export function columnsFrom(stored: unknown): Column[] {
  const list = Array.isArray(stored) ? stored.slice(0, MOST).flatMap(columnOf) : []
  const unique = list.filter((column, i) => list.findIndex(({ id }) => id === column.id) === i)
  return unique.length > 0 ? unique : [...DEFAULT_COLUMNS]
}

function columnOf(stored: unknown): Column[] {
  const { id, width } = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<Column>
  if (typeof id !== 'string' || id.length > 500 || !(Object.hasOwn(BUILT_IN, id) || extraOf(id))) return []
  const wide = typeof width === 'number' && width >= NARROWEST && width <= WIDEST
  return [{ id, width: wide ? width : builtIn(id).width }]
}

function pathOf(id: string): string[] | undefined {
  try {
    const path: unknown = JSON.parse(id.slice(8))
    return Array.isArray(path) && path.length > 0 && path.every(step => typeof step === 'string') ? path : undefined
  } catch {
    return undefined
  }
}
