import { TAG } from '../values/tags'
import type { Comparison } from './filter'

/**
 * Tells whether a value passes a comparison. `found` is a value of a parsed payload (values/tags), undefined where there is none, and then
 * nothing passes. A BigInt and a number that JavaScript cannot hold compare by all their digits, a date with a text by its beginning
 * (`2026-01-02`) or, with operators of order, by the moment that the text means.
 */
export function comparesTo({ op, value }: Comparison, found: unknown): boolean {
  if (found === undefined) return false
  const held = heldBy(found)
  if (op === '=') return isSame(value, held)
  if (op === '!=') return !isSame(value, held)
  const [a, b] = held instanceof FoundDate ? [held.time, timeOf(value)] : [held, value]
  if ((typeof a !== 'number' && typeof a !== 'bigint') || (typeof b !== 'number' && typeof b !== 'bigint')) return false
  if (op === '<') return a < b
  if (op === '<=') return a <= b
  return op === '>' ? a > b : a >= b
}

/** The same for the value of a facet. Facets are texts and numbers: `true` in the payload is the text `true` in the facet. */
export function comparesToFacet({ op, value }: Comparison, found: string | number): boolean {
  return comparesTo({ op, value: typeof value === 'boolean' || value === null ? String(value) : value }, found)
}

class FoundDate {
  readonly time: number

  constructor(readonly text: string) {
    this.time = Date.parse(text)
  }
}

/** What a tagged value stands for, as far as it can be compared. */
function heldBy(found: unknown): unknown {
  if (typeof found !== 'object' || found === null || !Object.hasOwn(found, TAG)) return found
  const { [TAG]: tag, v } = found as Record<string, unknown>
  if (tag === 'bigint' || tag === 'number') {
    if (typeof v !== 'string') return found
    return /^-?\d{1,5000}$/.test(v) && v !== '-0' ? BigInt(v) : Number(v)
  }
  return tag === 'date' && typeof v === 'string' ? new FoundDate(v) : found
}

function timeOf(value: Comparison['value']): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** A number is the same as the text that it is printed as. */
function isSame(value: Comparison['value'], found: unknown): boolean {
  if (found instanceof FoundDate)
    return (
      typeof value === 'string' && value.length >= 4 && (found.text.startsWith(value) || found.time === timeOf(value))
    )
  if (typeof value !== 'number' && typeof value !== 'bigint') return found === value
  if (typeof found === 'string') return found === String(value)
  // biome-ignore lint/suspicious/noDoubleEquals: a BigInt is the same as the number of the same size.
  return (typeof found === 'number' || typeof found === 'bigint') && found == value
}

/** A value of a parsed payload as it can stand in a comparison: texts, numbers, BigInts, dates by their text; undefined for all else. */
export function comparableOf(found: unknown): Comparison['value'] | undefined {
  const held = heldBy(found)
  if (held instanceof FoundDate) return held.text
  return held === null || (typeof held !== 'object' && typeof held !== 'undefined')
    ? (held as Comparison['value'])
    : undefined
}
