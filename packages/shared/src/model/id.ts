/** Identifies a producer: a ULID, 26 characters of Crockford's base 32. */
export type ProducerId = string
/**
 * Identifies an event: `<producer id>-<n in ten digits>`. Export and import keep it. As text, ids sort by the producer's start, then by n.
 */
export type EventId = string

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/
const EVENT_ID = /^([0-7][0-9A-HJKMNP-TV-Z]{25})-(\d{10})$/
/** The largest n that an event may have. It is a Uint32, whose largest value is left to stand for none. */
export const MAX_N = 0xffff_fffe

/** Tells whether something is the id of a producer. */
export function isProducerId(value: unknown): value is ProducerId {
  return typeof value === 'string' && ULID.test(value)
}

/** Returns the id of a producer's n-th event. */
export function eventId(producer: ProducerId, n: number): EventId {
  return `${producer}-${String(n).padStart(10, '0')}`
}

/** Returns what an event id says; undefined where `id` is none, as the id that an event brought from elsewhere. */
export function parseEventId(id: string): { producer: ProducerId; n: number } | undefined {
  const match = EVENT_ID.exec(id)
  if (!match) return undefined
  const n = Number(match[2])
  return n >= 1 && n <= MAX_N ? { producer: match[1] as string, n } : undefined
}
