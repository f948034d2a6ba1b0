/** How much is recorded. Each level includes those before it in `LEVELS`. */
export type Level = 'milestone' | 'decision' | 'action' | 'state' | 'detail'
/** What sort of thing happened. `system` events count as level `detail`. */
export type Kind = Level | 'system' | 'custom'
/** How the recorder knows the cause. `unknown`: no cause is known, the event is a root. */
export type CauseKind = 'unknown' | 'synchronous' | 'explicit' | 'inferred'

/** The position in each of these lists is the number in the log and on the wire: append only. */
export const LEVELS: readonly Level[] = ['milestone', 'decision', 'action', 'state', 'detail']
export const KINDS: readonly Kind[] = ['milestone', 'decision', 'action', 'state', 'detail', 'system', 'custom']
export const CAUSE_KINDS: readonly CauseKind[] = ['unknown', 'synchronous', 'explicit', 'inferred']

/** Bits of the flags column. */
export const Flag = {
  /** The payload was cut to a budget; the original size is kept beside it. */
  truncated: 1,
  /** At least one value was replaced by the redaction rules. */
  redacted: 2,
  /** A handler of the event threw. */
  threw: 4,
  /** The payload does not fit its registered schema. */
  misfit: 8,
  /** The event came from outside the app's own logic (user, clock, network): always a root. */
  input: 16,
  /** Heard by a listener only: the recorder cannot re-emit it. */
  observedOnly: 32,
  /** The type or source string did not fit its table and was stored as `(other)`. */
  overflow: 64,
  /** The payload holds a value that text cannot rebuild (function, DOM node, class instance, getter). */
  opaque: 128,
} as const
export type FlagName = keyof typeof Flag
export const FLAG_NAMES = Object.keys(Flag) as readonly FlagName[]

/** Names of the bits set in `flags`, in the order of their bits. */
export function flagNames(flags: number): FlagName[] {
  return FLAG_NAMES.filter(name => (flags & Flag[name]) !== 0)
}

/** Stands for every string past the size of a string table. */
export const OTHER = '(other)'
/** Rows in a chunk of the log. */
export const CHUNK_ROWS = 4096
/** The take of the recording itself; others are replays and what-ifs. */
export const RECORDING = 0
