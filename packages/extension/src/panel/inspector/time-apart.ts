import { duration } from '../widgets/format'

/** Writes the ms between two events with their sign: `+12.0 ms`. */
export function timeApart(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${duration(Math.abs(ms)) || '0'}`
}
