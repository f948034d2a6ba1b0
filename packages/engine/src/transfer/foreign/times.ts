/** From here on a number counts seconds, ms, µs and ns since 1970; what is below has no date. */
const [SECONDS, MS, MICROSECONDS, NANOSECONDS] = [1e8, 1e11, 1e14, 1e17] as const

/**
 * A time as programs write it, in epoch ms: ISO 8601 and what else `Date` reads, a number of seconds, ms, µs or ns since 1970 (told by its
 * size, also as text), or an object that says one of these. Undefined: it is no time.
 */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value === 'string') {
    if (/^-?\d+(\.\d+)?$/.test(value)) return fromNumber(Number(value))
    const iso = value.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d)/, '$1 $2.$3')
    const ms = /\d/.test(iso) ? Date.parse(iso) : Number.NaN
    if (!Number.isFinite(ms)) return undefined
    // Dates keep ms; logs say more.
    const more = /\.\d{3}(\d{1,6})\d*(?=[Z+-]|$)/.exec(iso)?.[1]
    return more ? ms + Number(`0.${more}`) : ms
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { $date, epochSecond, nanoOfSecond, seconds, nanos } = value as Record<string, unknown>
  if ($date !== undefined) return timeOf($date)
  const whole = epochSecond ?? seconds
  if (whole === undefined) return undefined
  return Number(whole) * 1000 + Number(nanoOfSecond ?? nanos ?? 0) / 1e6
}

/** A time in ns since 1970, which as text has more digits than a number; undefined for 0, which says that it is not known. */
export function timeOfNanoseconds(value: unknown): number | undefined {
  const text = String(value ?? '')
  if (!/^\d{1,20}$/.test(text)) return undefined
  const ns = BigInt(text)
  return ns === 0n ? undefined : Number(ns / 1_000_000n) + Number(ns % 1_000_000n) / 1e6
}

function fromNumber(value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined
  const size = Math.abs(value)
  if (size >= NANOSECONDS) return value / 1e6
  if (size >= MICROSECONDS) return value / 1e3
  if (size >= MS || size < SECONDS) return value
  return value * 1000
}
