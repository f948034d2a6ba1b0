import type { Sort, SortKey } from '@playhead/engine/contract/view'

export const BY_TIME: Sort = { by: 'time', descending: false }
const KEYS: Readonly<Record<Exclude<Sort['by'], object>, true>> = {
  ...{ time: true, seq: true, type: true, source: true, level: true, kind: true, duration: true, size: true },
  producer: true,
}
const LONGEST = 200

/** What a click on a column's head makes of the order: up, then down, then as it was recorded. */
export function nextSort(sort: Sort, by: 'time' | SortKey): Sort {
  if (JSON.stringify(sort.by) !== JSON.stringify(by)) return { by, descending: false }
  return sort.descending ? BY_TIME : { by, descending: true }
}

/** Reads the order from storage, which may hold anything. */
export function sortFrom(stored: unknown): Sort {
  const { by, descending } = object(stored)
  const known = keyFrom(by)
  return known === undefined ? BY_TIME : { by: known, descending: descending === true }
}

function keyFrom(by: unknown): Sort['by'] | undefined {
  if (typeof by === 'string') return Object.hasOwn(KEYS, by) ? (by as keyof typeof KEYS) : undefined
  const { facet } = object(by)
  return typeof facet === 'string' && facet !== '' && facet.length <= LONGEST ? { facet } : undefined
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
