import * as Flag from './flags'

/** How much is recorded. Each level includes those before it in `LEVELS`. */
export type Level = 'milestone' | 'decision' | 'action' | 'state' | 'detail'
/** What sort of thing happened. `system` events count as level `detail`. */
export type Kind = Level | 'system' | 'custom'
/** How the recorder knows the cause. `unknown`: no cause is known, the event is a root. */
export type CauseKind = 'unknown' | 'synchronous' | 'explicit' | 'inferred'

/** The position in each of these lists is the number in the log and on the wire: append only. */
export const LEVELS: readonly Level[] = ['milestone', 'decision', 'action', 'state', 'detail']
export const KINDS: readonly Kind[] = [...LEVELS, 'system', 'custom']
export const CAUSE_KINDS: readonly CauseKind[] = ['unknown', 'synchronous', 'explicit', 'inferred']

export { Flag }
export type FlagName = keyof typeof Flag
/** In the order of their bits. */
export const FLAG_NAMES: readonly FlagName[] = [
  'truncated',
  'redacted',
  'threw',
  'misfit',
  'input',
  'observedOnly',
  'overflow',
  'opaque',
]

/** Names of the bits set in `flags`, in the order of their bits. */
export function flagNames(flags: number): FlagName[] {
  return FLAG_NAMES.filter((_, bit) => ((flags >> bit) & 1) === 1)
}

/** Stands for every string past the size of a string table. */
export const OTHER = '(other)'
/** Rows in a chunk of the log. */
export const CHUNK_ROWS = 4096
/** The take of the recording itself; others are replays and what-ifs. */
export const RECORDING = 0
