import { Limits } from '@playhead/shared/wire/limits'

/** A message has at most so many characters and values besides the bytes of its batches. */
const MOST_TEXT = 1 << 20
const MOST_VALUES = 16_384
/** Bytes that a value is counted as, so that many small ones weigh something. */
const VALUE = 16

/**
 * Roughly the bytes of a message that came from a page, or −1 where it is larger than any message may be or holds something other than
 * plain data: what is let through can be passed on to a worker, whatever the page put into it.
 */
export function weigh(message: unknown): number {
  const open: unknown[] = [message]
  let values = 0
  let text = 0
  let buffers = 0
  while (open.length > 0) {
    const value = open.pop()
    if (++values > MOST_VALUES) return -1
    if (typeof value === 'string') text += value.length
    else if (typeof value === 'object' && value !== null) {
      if (value instanceof ArrayBuffer) buffers += value.byteLength
      else if (Array.isArray(value)) {
        if (value.length + open.length > MOST_VALUES) return -1
        for (const entry of value) open.push(entry)
      } else if (Object.getPrototypeOf(value) === Object.prototype) {
        for (const key in value) {
          if (open.length > MOST_VALUES) return -1
          text += key.length
          open.push((value as Record<string, unknown>)[key])
        }
      } else return -1
    } else if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return -1
    if (text > MOST_TEXT || buffers > Limits.containerBytes) return -1
  }
  return values * VALUE + text * 2 + buffers
}
