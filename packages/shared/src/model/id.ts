/** A producer's ULID (26 characters of Crockford's base 32). */
export type ProducerId = string
/** `<producer ULID>-<n in ten digits>`: stable across export and import, sorts by producer start, then emission. */
export type EventId = string

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/
const EVENT_ID = /^([0-7][0-9A-HJKMNP-TV-Z]{25})-(\d{10})$/
/** The largest number an event may have: a Uint32, with the last value kept as a mark for "none". */
export const MAX_N = 0xffff_fffe

export function isProducerId(value: unknown): value is ProducerId {
  return typeof value === 'string' && ULID.test(value)
}

export function eventId(producer: ProducerId, n: number): EventId {
  return `${producer}-${String(n).padStart(10, '0')}`
}

/** Undefined where `id` is not an event id of ours. */
export function parseEventId(id: string): { producer: ProducerId; n: number } | undefined {
  const match = EVENT_ID.exec(id)
  if (!match) return undefined
  const n = Number(match[2])
  return n >= 1 && n <= MAX_N ? { producer: match[1] as string, n } : undefined
}
