import type { Bounds, Retention } from '@playhead/engine/contract/sessions'
import type { Sort } from '@playhead/engine/contract/view'
import type { TimeMode } from '../widgets/format'
import { type Column, columnsFrom } from './columns'
import { sortFrom } from './sort'
import { filtersFrom, LONGEST_FILTER, recentFrom, type SavedFilter } from './stored-filters'
import { type TimelineSettings, timelineFrom } from './timeline-store'

/** How filter and list are set up: each app has its own setup. */
export interface Setup {
  filterText: string
  columns: Column[]
  sort: Sort
  /** Consecutive events of one type are shown as one row. */
  group: boolean
}

/** What survives a reload of the panel. The setup is that of the app that was shown last. */
export interface Saved extends Setup {
  /** The app whose setup it is; empty where no app is known. */
  app: string
  /** The setups of other apps, the one used last first. */
  apps: (Setup & { app: string })[]
  timeMode: TimeMode
  inspectorSize: number
  retention: Retention
  timeline: TimelineSettings
  filters: SavedFilter[]
  /** What was filtered by lately, newest first. */
  recent: string[]
  /** The sessions that were stored when the panel was last told of them, newest first. */
  known: KnownSession[]
}

export interface KnownSession {
  id: string
  name: string
  events: number
}

const KEY = 'playhead:panel'
/** So many bytes of payload text stay in memory unless the user says otherwise. */
export const TEXT_BUDGET = 64 << 20
/** Defaults that suit a laptop: a million events a session, 2 GB and a month in all, the last minutes of a busy page in memory. */
export const RETENTION: Retention = {
  keep: 'disk',
  session: { events: 1_000_000, bytes: 512 << 20, age: 0 },
  total: { events: 0, bytes: 2 ** 31, age: 30 * 86_400_000 },
  textBudget: TEXT_BUDGET,
}
const KNOWN = 50
const MOST_APPS = 20
const SETUP: Setup = {
  filterText: '',
  columns: columnsFrom(undefined),
  sort: sortFrom(undefined),
  group: false,
}
const DEFAULTS: Saved = {
  ...SETUP,
  app: '',
  apps: [],
  timeMode: 'relative',
  inspectorSize: 380,
  retention: RETENTION,
  timeline: timelineFrom(undefined),
  filters: [],
  recent: [],
  known: [],
}

/** What is saved in a private window, where nothing may be left behind: it lasts as long as the panel. */
let inMemory: string | undefined
/** The app that the panel shows; empty while it is not known. */
let shownApp = ''

export function keepInMemory(): void {
  inMemory ??= '{}'
}

/** Reads what was saved: storage may be forbidden, or hold anything. */
export function saved(): Saved {
  try {
    const stored = JSON.parse(inMemory ?? localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>
    const { app, apps, timeMode, inspectorSize, retention, known, timeline } = stored
    return {
      ...setupFrom(stored),
      app: typeof app === 'string' ? app : '',
      apps: Array.isArray(apps) ? apps.slice(0, MOST_APPS).flatMap(appFrom) : [],
      timeMode: ['relative', 'absolute', 'delta'].includes(timeMode as string) ? (timeMode as TimeMode) : 'relative',
      inspectorSize: typeof inspectorSize === 'number' && inspectorSize > 100 ? inspectorSize : DEFAULTS.inspectorSize,
      retention: retentionOf(retention),
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
    const before = saved()
    const next = { ...before, ...change }
    if (shownApp !== '') {
      const own = { ...(before.apps.find(({ app }) => app === shownApp) ?? SETUP), ...setupIn(change), app: shownApp }
      next.apps = [own, ...before.apps.filter(({ app }) => app !== shownApp)].slice(0, MOST_APPS)
      Object.assign(next, own)
    }
    if (change.apps) next.apps = change.apps
    const text = JSON.stringify(next)
    if (inMemory === undefined) localStorage.setItem(KEY, text)
    else inMemory = text
  } catch {
    // Where storage is forbidden or full, the choice lasts as long as the panel.
  }
}

/** Says that what is saved from now on belongs to this app; `setup` is what it begins with. */
export function saveFor(app: string, setup: Setup): void {
  shownApp = app
  save(setup)
}

/** Reads how the list was set up for this app; the standard setup where it never was. */
export function setupOf(name: string): Setup {
  const { app: _, ...setup } = saved().apps.find(({ app }) => app === name) ?? { ...SETUP, app: name }
  return setup
}

/** Removes all that tells of what was recorded, and keeps how the panel is set up. */
export function forget(): void {
  save({ filterText: '', apps: [], filters: [], recent: [], known: [], timeline: { ...saved().timeline, zoom: null } })
}

function setupFrom({ filterText, columns, sort, group }: Record<string, unknown>): Setup {
  return {
    filterText: typeof filterText === 'string' && filterText.length <= LONGEST_FILTER ? filterText : '',
    columns: columnsFrom(columns),
    sort: sortFrom(sort),
    group: group === true,
  }
}

function appFrom(stored: unknown): (Setup & { app: string })[] {
  const { app, ...setup } = object(stored)
  return typeof app === 'string' && app !== '' ? [{ ...setupFrom(setup), app: app.slice(0, 200) }] : []
}

/** Picks the part of a change that is about the setup. */
function setupIn({ filterText, columns, sort, group }: Partial<Saved>): Partial<Setup> {
  return {
    ...(filterText !== undefined && { filterText }),
    ...(columns && { columns }),
    ...(sort && { sort }),
    ...(group !== undefined && { group }),
  }
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
