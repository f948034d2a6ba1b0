import type { TaggedNumber } from './format'

/** The largest distance from the epoch, in ms, that a JavaScript date can have. */
const MOST_TIME = 8.64e15

/** Returns what stands for a number in a file. NaN must not be given: it stands for no number at all. */
export function fileNumber(value: number): number | TaggedNumber {
  if (Object.is(value, -0)) return { $ph: 'number', v: '-0' }
  if (value - value === 0) return value
  return { $ph: 'number', v: value > 0 ? 'Infinity' : '-Infinity' }
}

/** Returns the number that `fileNumber` wrote; undefined where `value` is none. */
export function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const { $ph, v } = value as Record<string, unknown>
  if ($ph !== 'number') return undefined
  return v === '-0' ? -0 : v === 'Infinity' || v === '-Infinity' ? Number(v) : undefined
}

/** Returns a time in ms brought within the bounds of dates, whatever clock a page forged; 0 for NaN. */
export function fileTime(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.min(MOST_TIME, Math.max(-MOST_TIME, ms))
}

/** Returns a time in epoch ms as ISO 8601 in UTC. */
export function isoTime(epochMs: number): string {
  return new Date(fileTime(epochMs)).toISOString()
}
