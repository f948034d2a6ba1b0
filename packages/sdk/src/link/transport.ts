import { encodeGaps, encodeRows } from './encode-rows'
import { deliverLast } from './last'
import { Link } from './link'

/**
 * Everything that is needed once somebody listens, and not before: the lean SDK loads it then. Imported by the entries only; the
 * recorder knows its type.
 */
export const transport = { encodeRows, encodeGaps, deliverLast, Link }
export type Transport = typeof transport
