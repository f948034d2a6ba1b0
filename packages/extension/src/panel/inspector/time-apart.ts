import { duration } from '../widgets/format'

/** ms between two events, with its sign. */
export function timeApart(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${duration(Math.abs(ms)) || '0'}`
}
