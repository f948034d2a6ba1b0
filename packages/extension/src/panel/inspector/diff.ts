import { parseExact } from '@playhead/shared/values/exact'
import { TAG } from '@playhead/shared/values/tags'

/*
 * Compares two payloads place by place: objects by their keys, arrays from both ends.
 *
 *     before  {"id": 7, "rows": [1, 2, 3, 4], "old": true}
 *     after   {"id": 7, "rows": [1, 9, 4],    "new": true}
 *
 *     inside                          of the same sort on both sides
 *     ├ removed  old                  keys that only the older one has come first
 *     ├ equal    id                   equal neighbours stand as one entry
 *     ├ inside   rows
 *     │  ├ equal    0                 what both arrays begin with
 *     │  ├ changed  1: 2 → 9          between the ends: place by place, as far as both reach
 *     │  ├ removed  2: 3              … and what one of them has more
 *     │  └ equal    2                 what both end with, by its index in the newer one
 *     └ added    new
 *
 * This is not the shortest difference that there can be: an entry that moved is changed twice. It is found in time that grows with size
 * and depth of the payloads, not with the square of an array's length, and what an app does to arrays, adding or removing at one place,
 * it tells exactly.
 * Values that are not of the same sort, or are tagged (dates, maps, errors), are changed as a whole; instances of the same class are
 * compared by their properties.
 */

/**
 * What is different between two payloads (tagged JSON, parsed). `inside`: it is of the same sort on both sides, and `entries` say what of it
 * is different; equal neighbours stand as one `equal` entry.
 */
export type PayloadDifference =
  | { kind: 'equal'; entries: readonly DiffEntry[] }
  | { kind: 'added'; key: string; after: unknown }
  | { kind: 'removed'; key: string; before: unknown }
  | { kind: 'changed'; key: string; before: unknown; after: unknown }
  | { kind: 'inside'; key: string; array: boolean; type: string; entries: readonly PayloadDifference[] }

/** A key or an index, and its value. The index is that in the older array for what was removed, else that in the newer one. */
export type DiffEntry = readonly [key: string, value: unknown]

/** From this depth on a value is equal or changed as a whole. */
const DEEPEST = 120

export function diffPayloads(before: unknown, after: unknown): PayloadDifference {
  return diff('', before, after, 0)
}

/** Compares two payloads as JSON; a text that is no JSON is compared as a text. */
export function diffTexts(before: string, after: string): PayloadDifference {
  return diffPayloads(parse(before), parse(after))
}

function parse(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return text
  }
}

/** Counts the places that differ. */
export function countChanges(difference: PayloadDifference): number {
  if (difference.kind === 'inside') return difference.entries.reduce((sum, entry) => sum + countChanges(entry), 0)
  return difference.kind === 'equal' ? 0 : 1
}

function diff(key: string, before: unknown, after: unknown, depth: number): PayloadDifference {
  if (isSame(before, after)) return { kind: 'equal', entries: [[key, after]] }
  const changed: PayloadDifference = { kind: 'changed', key, before, after }
  if (depth > DEEPEST || typeof before !== 'object' || typeof after !== 'object' || !before || !after) return changed
  if (Array.isArray(before) && Array.isArray(after)) {
    return { kind: 'inside', key, array: true, type: '', entries: diffArrays(before, after, depth) }
  }
  const one = plainOf(before)
  const other = plainOf(after)
  if (!one || !other || one.type !== other.type) return changed
  return { kind: 'inside', key, array: false, type: one.type, entries: diffObjects(one.own, other.own, depth) }
}

type Plain = Record<string, unknown>

/** Reads the properties of an object, or of an instance of a class; undefined for other tagged values, which have none to compare. */
function plainOf(value: object): { type: string; own: Plain } | undefined {
  if (Array.isArray(value)) return undefined
  const object = value as Plain
  if (!Object.hasOwn(object, TAG)) return { type: '', own: object }
  const { v, type } = object
  if (object[TAG] !== 'instance' || typeof v !== 'object' || v === null || Array.isArray(v)) return undefined
  return { type: String(type), own: v as Plain }
}

function diffObjects(before: Plain, after: Plain, depth: number): PayloadDifference[] {
  const entries: PayloadDifference[] = []
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) entries.push({ kind: 'removed', key, before: before[key] })
  }
  for (const [key, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, key)) entries.push({ kind: 'added', key, after: value })
    else entries.push(diff(key, before[key], value, depth + 1))
  }
  return joined(entries)
}

/** What both begin and end with is equal; what is between is compared place by place. */
function diffArrays(before: readonly unknown[], after: readonly unknown[], depth: number): PayloadDifference[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(before[start], after[start])) start++
  let end = 0
  while (end < shorter - start && isSame(before[before.length - 1 - end], after[after.length - 1 - end])) end++
  const equal = (from: number, to: number): PayloadDifference => ({
    kind: 'equal',
    entries: after.slice(from, to).map((value, i): DiffEntry => [String(from + i), value]),
  })
  const entries: PayloadDifference[] = [equal(0, start)]
  const common = shorter - start - end
  for (let i = start; i < start + common; i++) entries.push(diff(String(i), before[i], after[i], depth + 1))
  for (let i = start + common; i < before.length - end; i++) {
    entries.push({ kind: 'removed', key: String(i), before: before[i] })
  }
  for (let i = start + common; i < after.length - end; i++) {
    entries.push({ kind: 'added', key: String(i), after: after[i] })
  }
  entries.push(equal(after.length - end, after.length))
  return joined(entries)
}

function joined(entries: readonly PayloadDifference[]): PayloadDifference[] {
  const result: PayloadDifference[] = []
  for (const entry of entries) {
    const last = result.at(-1)
    if (entry.kind === 'equal' && entry.entries.length === 0) continue
    if (entry.kind === 'equal' && last?.kind === 'equal') {
      result[result.length - 1] = { kind: 'equal', entries: [...last.entries, ...entry.entries] }
    } else result.push(entry)
  }
  return result
}

/** Says whether two values are equal; the order of an object's keys does not count. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((value, index) => isSame(value, b[index]))
  }
  if (Array.isArray(b)) return false
  const [one, other] = [a as Plain, b as Plain]
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  )
}
