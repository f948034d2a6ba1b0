/**
 * Bits of the column of flags. Each is a constant of its own, so that a bundle holds the numbers and no names. Import them as `Flag` from
 * model/event.
 */

/** The payload was cut to fit a bound; its original size is kept beside it. */
export const truncated = 1
/** At least one value of the payload was replaced by the rules of redaction. */
export const redacted = 2
/** A handler of the event threw. */
export const threw = 4
/** The payload does not fit its registered schema. */
export const misfit = 8
/** The event came from outside the app's logic (the user, a clock, the network), and is always a root. */
export const input = 16
/** The recorder heard the event as a listener and cannot emit it again. */
export const observedOnly = 32
/** The type or the source found no room in its table and was stored as `(other)`. */
export const overflow = 64
/** The payload holds a value that text cannot rebuild (function, DOM node, class instance, getter). */
export const opaque = 128
