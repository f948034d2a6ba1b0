import type { Comparison } from './filter'

/** Tells whether a value passes a comparison. `found` undefined: there is no value, and nothing passes. */
export function comparesTo({ op, value }: Comparison, found: unknown): boolean {
  if (found === undefined) return false
  if (op === '=') return isSame(value, found)
  if (op === '!=') return !isSame(value, found)
  if (typeof found !== 'number' || typeof value !== 'number') return false
  if (op === '<') return found < value
  if (op === '<=') return found <= value
  return op === '>' ? found > value : found >= value
}

/** The same for the value of a facet. Facets are texts and numbers: `true` in the payload is the text `true` in the facet. */
export function comparesToFacet({ op, value }: Comparison, found: string | number): boolean {
  return comparesTo({ op, value: typeof value === 'boolean' || value === null ? String(value) : value }, found)
}

/** A number is the same as the text that it is printed as. */
function isSame(value: Comparison['value'], found: unknown): boolean {
  return found === value || (typeof value === 'number' && found === String(value))
}
