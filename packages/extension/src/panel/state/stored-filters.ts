/** A filter to which the user gave a name; each app has its own. */
export interface SavedFilter {
  app: string
  name: string
  text: string
}

export const MOST_FILTERS = 200
export const MOST_RECENT = 20
/** Characters of a filter that was used lately: a longer one is not offered again. */
export const LONGEST_RECENT = 500
/** Characters of a filter's name. */
export const LONGEST_NAME = 80
const LONGEST_APP = 200
/** Characters of a filter that is kept, or stands in a permalink: a longer one is left out, for part of it would mean something else. */
export const LONGEST_FILTER = 10_000
/** Bytes of a file that is read: as many filters as there may be have room. */
export const LARGEST_FILE = 8 << 20
const FORMAT = 'playhead/filters'

/** Reads filters from whatever storage or a file holds: what is not a filter is left out. */
export function filtersFrom(stored: unknown): SavedFilter[] {
  if (!Array.isArray(stored)) return []
  const filters: SavedFilter[] = []
  for (const one of stored.slice(0, 4 * MOST_FILTERS)) {
    const filter = filterFrom(one)
    if (filter && filters.length < MOST_FILTERS && !find(filters, filter)) filters.push(filter)
  }
  return filters
}

export function recentFrom(stored: unknown): string[] {
  if (!Array.isArray(stored)) return []
  return stored
    .filter((text): text is string => typeof text === 'string' && text !== '' && text.length <= LONGEST_RECENT)
    .slice(0, MOST_RECENT)
}

/** Adds a filter, in place of the one of this name; undefined where there are too many, or nothing to save. */
export function withFilter(filters: readonly SavedFilter[], added: SavedFilter): SavedFilter[] | undefined {
  const filter = filterFrom(added)
  if (!filter) return undefined
  if (find(filters, filter)) return filters.map(one => (isSame(one, filter) ? filter : one))
  return filters.length < MOST_FILTERS ? [...filters, filter] : undefined
}

export function withoutFilter(filters: readonly SavedFilter[], gone: SavedFilter): SavedFilter[] {
  return filters.filter(one => !isSame(one, gone))
}

/** Renames a filter; undefined where the new name is empty or taken. */
export function renamed(filters: readonly SavedFilter[], old: SavedFilter, name: string): SavedFilter[] | undefined {
  const next = filterFrom({ ...old, name })
  if (!next || (next.name !== old.name && find(filters, next))) return undefined
  return filters.map(one => (isSame(one, old) ? next : one))
}

export function printFilters(filters: readonly SavedFilter[]): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, filters }, null, 2)}\n`
}

export type ReadFilters =
  | { ok: true; filters: SavedFilter[]; added: number; skipped: number }
  | { ok: false; message: string }

/** Filters of a file beside those there are; the same name with another filter gets a number. */
export function importFilters(filters: readonly SavedFilter[], text: string): ReadFilters {
  if (text.length > LARGEST_FILE) return { ok: false, message: 'the file is too large for saved filters' }
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return { ok: false, message: 'the file is not JSON' }
  }
  const {
    format,
    version,
    filters: given,
  } = (typeof file === 'object' && file !== null ? file : {}) as Record<string, unknown>
  if (format !== FORMAT) return { ok: false, message: 'the file does not hold saved filters' }
  if (version !== 1) return { ok: false, message: 'the file is of a newer version' }
  if (!Array.isArray(given)) return { ok: false, message: 'the file has no filters' }
  let all = [...filters]
  let added = 0
  let skipped = Math.max(0, given.length - 4 * MOST_FILTERS)
  for (const one of given.slice(0, 4 * MOST_FILTERS)) {
    const filter = filterFrom(one)
    if (!filter) {
      skipped++
      continue
    }
    const known = find(all, filter)
    if (known?.text === filter.text) continue
    const next = withFilter(all, known ? { ...filter, name: freeName(all, filter) } : filter)
    if (next) {
      all = next
      added++
    } else skipped++
  }
  return { ok: true, filters: all, added, skipped }
}

function freeName(filters: readonly SavedFilter[], { app, name }: SavedFilter): string {
  for (let number = 2; ; number++) {
    const free = `${name.slice(0, LONGEST_NAME - 8)} (${number})`
    if (!filters.some(one => one.app === app && one.name === free)) return free
  }
}

function filterFrom(value: unknown): SavedFilter | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { app, name, text } = value as Record<string, unknown>
  if (typeof app !== 'string' || typeof name !== 'string' || typeof text !== 'string') return undefined
  const [short, line] = [name.trim().slice(0, LONGEST_NAME), text.trim()]
  if (short === '' || line === '' || line.length > LONGEST_FILTER || app.length > LONGEST_APP) return undefined
  return { app, name: short, text: line }
}

function find(filters: readonly SavedFilter[], wanted: SavedFilter): SavedFilter | undefined {
  return filters.find(one => isSame(one, wanted))
}

function isSame(a: SavedFilter, b: SavedFilter): boolean {
  return a.app === b.app && a.name === b.name
}
