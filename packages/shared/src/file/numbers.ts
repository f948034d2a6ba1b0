import type { TaggedNumber } from './format'

/** What a JavaScript date can tell, ms. */
const MOST_TIME = 8.64e15

/** Of any number but NaN, which stands for none. */
export function fileNumber(value: number): number | TaggedNumber {
  if (Object.is(value, -0)) return { $ph: 'number', v: '-0' }
  if (value - value === 0) return value
  return { $ph: 'number', v: value > 0 ? 'Infinity' : '-Infinity' }
}

/** Undefined where `value` is no number as `fileNumber` writes it. */
export function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const { $ph, v } = value as Record<string, unknown>
  if ($ph !== 'number') return undefined
  return v === '-0' ? -0 : v === 'Infinity' || v === '-Infinity' ? Number(v) : undefined
}

/** A time that JSON and dates have room for, whatever clock a page forged. */
export function fileTime(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.min(MOST_TIME, Math.max(-MOST_TIME, ms))
}

/** ISO 8601 in UTC. */
export function isoTime(epochMs: number): string {
  return new Date(fileTime(epochMs)).toISOString()
}
