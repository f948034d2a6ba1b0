import type { Comparison } from './filter'

/** Whether a value that was found (undefined: none was) passes. */
export function comparesTo({ op, value }: Comparison, found: unknown): boolean {
  if (found === undefined) return false
  if (op === '=') return isSame(value, found)
  if (op === '!=') return !isSame(value, found)
  if (typeof found !== 'number' || typeof value !== 'number') return false
  if (op === '<') return found < value
  if (op === '<=') return found <= value
  return op === '>' ? found > value : found >= value
}

/** The same for a value of a facet: these are texts and numbers, and what was `true` in the payload is the text. */
export function comparesToFacet({ op, value }: Comparison, found: string | number): boolean {
  return comparesTo({ op, value: typeof value === 'boolean' || value === null ? String(value) : value }, found)
}

function isSame(value: Comparison['value'], found: unknown): boolean {
  return found === value || (typeof value === 'number' && found === String(value))
}
