/** Bits of the flags column, one constant each, so that a bundle holds the numbers and no names. Used as `Flag.…` (model/event). */

/** The payload was cut to a budget; the original size is kept beside it. */
export const truncated = 1
/** At least one value was replaced by the redaction rules. */
export const redacted = 2
/** A handler of the event threw. */
export const threw = 4
/** The payload does not fit its registered schema. */
export const misfit = 8
/** The event came from outside the app's own logic (user, clock, network): always a root. */
export const input = 16
/** Heard by a listener only: the recorder cannot re-emit it. */
export const observedOnly = 32
/** The type or source string did not fit its table and was stored as `(other)`. */
export const overflow = 64
/** The payload holds a value that text cannot rebuild (function, DOM node, class instance, getter). */
export const opaque = 128
