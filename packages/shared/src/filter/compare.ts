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

function isSame(value: Comparison['value'], found: unknown): boolean {
  return found === value || (typeof value === 'number' && found === String(value))
}
