import { comparesTo } from '../compare'
import { valueOption } from '../completion-option'
import type { Order } from '../filter'
import type { TermDefinition } from './definition'

/**
 * A number with an operator before it and a unit after it, both of which may be missing. Both characters that look like "micro" are taken.
 */
const LIMIT = /^(<=|>=|<|>)?(\d{1,9}(?:\.\d*)?|\.\d+)(\u00b5s|\u03bcs|us|ms|s)?$/
const MICROSECONDS: Readonly<Record<string, number>> = { ms: 1000, s: 1_000_000 }

const OFFERED = [
  ['>1ms', ''],
  ['>16ms', 'longer than a frame'],
  ['>50ms', 'a long task'],
  ['>1s', ''],
] as const

/**
 * Asks how long the dispatch of an event took: `slow:>50ms`, or `slow:50ms` for short; `slow:<1ms` finds the quick ones. A duration of 0 is
 * compared as 0. It stands for "shorter than the clock can tell" and for "not told": the dispatch is not over yet, or the adapter only
 * listens. So `slow:>0ms` is what has a duration at all. A duration that is told late counts from then on.
 */
export const slowTerm: TermDefinition<'slow'> = {
  help: { example: 'slow:>50ms', does: 'how long its dispatch took: > >= < <=' },
  aliases: ['took', 'duration'],
  parse: ({ value }) => {
    const [whole, op = '>', number, unit] = LIMIT.exec(value) ?? []
    if (whole === undefined) {
      return { message: 'slow: takes how long a dispatch took, as in slow:>50ms, slow:>=1.5s or slow:<200µs' }
    }
    if (unit === undefined) {
      return { message: 'slow: takes a time with its unit: µs, ms or s', instead: `slow:${op}${number}ms` }
    }
    const microseconds = Math.round(Number(number) * (MICROSECONDS[unit] ?? 1))
    return { key: 'slow', op: op as Order, ms: microseconds / 1000 }
  },
  print: ({ op, ms }) => `slow:${op}${durationText(ms)}`,
  // Recorded durations are single precision: only so an event of 50.1 ms took as long as the 50.1 ms that somebody types.
  holds: ({ op, ms }, event) => comparesTo({ op, value: Math.fround(ms) }, Math.fround(event.duration)),
  complete: () => OFFERED.map(([limit, does]) => valueOption(limit, limit, does)),
}

/** Writes a duration in the unit that fits; µs are whole. */
function durationText(ms: number): string {
  if (ms >= 1000) return `${Number((ms / 1000).toFixed(6))}s`
  return ms >= 1 || ms === 0 ? `${ms}ms` : `${Math.round(ms * 1000)}µs`
}
