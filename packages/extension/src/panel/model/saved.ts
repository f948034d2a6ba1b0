import type { Bounds, Retention, Sort } from '../../engine/contract'
import { type Column, columnsFrom } from './columns'
import type { TimeMode } from './format'
import { filtersFrom, recentFrom, type SavedFilter } from './saved-filters'
import { sortFrom } from './sort'
import { type TimelineSettings, timelineFrom } from './timeline-store'

/** What survives a reload of the panel. */
export interface Saved {
  filterText: string
  timeMode: TimeMode
  inspectorSize: number
  retention: Retention
  columns: Column[]
  sort: Sort
  /** Repeats stand as one row. */
  group: boolean
  timeline: TimelineSettings
  filters: SavedFilter[]
  /** What was filtered by lately, newest first. */
  recent: string[]
  /** The sessions there were when the panel was last told, newest first. */
  known: KnownSession[]
}

export interface KnownSession {
  id: string
  name: string
  events: number
}

const KEY = 'playhead:panel'
/** Bytes of payload text in memory unless the user says otherwise. */
export const TEXT_BUDGET = 64 << 20
/** Defaults that suit a laptop: a million events a session, 2 GB and a month in all, the last minutes of a busy page in memory. */
export const RETENTION: Retention = {
  keep: 'disk',
  session: { events: 1_000_000, bytes: 512 << 20, age: 0 },
  total: { events: 0, bytes: 2 ** 31, age: 30 * 86_400_000 },
  textBudget: TEXT_BUDGET,
}
const KNOWN = 50
const DEFAULTS: Saved = {
  filterText: '',
  timeMode: 'relative',
  inspectorSize: 380,
  retention: RETENTION,
  columns: columnsFrom(undefined),
  sort: sortFrom(undefined),
  group: false,
  timeline: timelineFrom(undefined),
  filters: [],
  recent: [],
  known: [],
}

/** In a private window nothing may be left behind: kept as long as the panel. */
let inMemory: string | undefined

export function keepInMemory(): void {
  inMemory ??= '{}'
}

/** Storage may be forbidden or hold anything. */
export function saved(): Saved {
  try {
    const stored = JSON.parse(inMemory ?? localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>
    const { filterText, timeMode, inspectorSize, retention, known, timeline, columns, sort, group } = stored
    return {
      filterText: typeof filterText === 'string' ? filterText.slice(0, 2000) : DEFAULTS.filterText,
      timeMode: ['relative', 'absolute', 'delta'].includes(timeMode as string) ? (timeMode as TimeMode) : 'relative',
      inspectorSize: typeof inspectorSize === 'number' && inspectorSize > 100 ? inspectorSize : DEFAULTS.inspectorSize,
      retention: retentionOf(retention),
      columns: columnsFrom(columns),
      sort: sortFrom(sort),
      group: group === true,
      timeline: timelineFrom(timeline),
      filters: filtersFrom(stored.filters),
      recent: recentFrom(stored.recent),
      known: Array.isArray(known) ? known.flatMap(knownOf).slice(0, KNOWN) : [],
    }
  } catch {
    return DEFAULTS
  }
}

export function save(change: Partial<Saved>): void {
  try {
    const text = JSON.stringify({ ...saved(), ...change })
    if (inMemory === undefined) localStorage.setItem(KEY, text)
    else inMemory = text
  } catch {
    // Forbidden or full: the choice lasts as long as the panel.
  }
}

/** What tells of what was recorded goes; how the panel is set up stays. */
export function forget(): void {
  save({ filterText: '', filters: [], recent: [], known: [], timeline: { ...saved().timeline, zoom: null } })
}

function retentionOf(stored: unknown): Retention {
  const { keep, session, total, textBudget } = object(stored)
  return {
    keep: keep === 'memory' || keep === 'none' ? keep : 'disk',
    session: boundsOf(session, RETENTION.session),
    total: boundsOf(total, RETENTION.total),
    textBudget: bound(textBudget, TEXT_BUDGET),
  }
}

function boundsOf(stored: unknown, standard: Bounds): Bounds {
  const { events, bytes, age } = object(stored)
  return {
    events: bound(events, standard.events),
    bytes: bound(bytes, standard.bytes),
    age: bound(age, standard.age),
  }
}

function bound(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise
}

function knownOf(stored: unknown): KnownSession[] {
  const { id, name, events } = object(stored)
  return typeof id === 'string' && typeof name === 'string' && typeof events === 'number' ? [{ id, name, events }] : []
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
