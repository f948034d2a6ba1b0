/** One thing that was measured again and again: seconds since the start, and bytes. */
export interface Series {
  what: string
  seconds: number[]
  bytes: number[]
}

export interface Verdict {
  what: string
  flat: boolean
  /** Mean of the first and the last third, bytes. */
  first: number
  last: number
  /** Least squares, bytes a minute. */
  slope: number
}

/** Growth that counts as flat: of the mean, over the time that was watched; and bytes that are never worth a word. */
const SHARE = 0.1
const LITTLE = 4 << 20

/** Flat: what the slope says over the whole time, and what lies between the ends, is little. Falling is flat. */
export function judge({ what, seconds, bytes }: Series): Verdict {
  const mean = average(bytes)
  const middle = average(seconds)
  let above = 0
  let below = 0
  for (const [i, at] of seconds.entries()) {
    above += (at - middle) * ((bytes[i] ?? 0) - mean)
    below += (at - middle) ** 2
  }
  const perSecond = below > 0 ? above / below : 0
  const watched = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0)
  const third = Math.max(1, Math.floor(bytes.length / 3))
  const first = average(bytes.slice(0, third))
  const last = average(bytes.slice(-third))
  const allowed = Math.max(LITTLE, mean * SHARE)
  return { what, flat: perSecond * watched <= allowed && last - first <= allowed, first, last, slope: perSecond * 60 }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
