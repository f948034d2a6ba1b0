import * as Flag from './flags'

/** How much is recorded. A recorder at one level records the events of that level and of those before it in `LEVELS`. */
export type Level = 'milestone' | 'decision' | 'action' | 'state' | 'detail'
/** What sort of thing happened. Events of kind `system` have the level `detail`. */
export type Kind = Level | 'system' | 'custom'
/** How the recorder knows the cause. `unknown`: it knows none, and the event is a root. */
export type CauseKind = 'unknown' | 'synchronous' | 'explicit' | 'inferred'

/** The index in each of these lists is the number in the log and on the wire, so the lists may only grow at their ends. */
export const LEVELS: readonly Level[] = ['milestone', 'decision', 'action', 'state', 'detail']
export const KINDS: readonly Kind[] = [...LEVELS, 'system', 'custom']
export const CAUSE_KINDS: readonly CauseKind[] = ['unknown', 'synchronous', 'explicit', 'inferred']

export { Flag }
export type FlagName = keyof typeof Flag
/** Names of the flags in the order of their bits. */
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

/** Returns the names of the bits that are set in `flags`, in their order. */
export function flagNames(flags: number): FlagName[] {
  return FLAG_NAMES.filter((_, bit) => ((flags >> bit) & 1) === 1)
}

/** Stands for every string for which a string table has no room. */
export const OTHER = '(other)'
/** A chunk of the log has at most so many rows. */
export const CHUNK_ROWS = 4096
/** The take of the recording itself; others are replays and what-ifs. */
export const RECORDING = 0
