import type { ForeignEvent } from './format'

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Characters of a ULID that say its time, and that follow. */
const [TIME, REST] = [10, 16] as const
/** Characters of a payload that count. */
const MOST = 256

/**
 * A ULID that is always the same for the same events, so that a file that is imported again is known to be here already, also under
 * another name or when a program went on writing it.
 */
export function idFrom(events: readonly ForeignEvent[], salt: string): string {
  const hashes = Uint32Array.from({ length: REST / 4 }, (_, i) => 0x811c9dc5 ^ (i * 0x9e3779b1))
  const add = (text: string) => {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      for (let h = 0; h < hashes.length; h++)
        hashes[h] = Math.imul(((hashes[h] as number) ^ (code + h)) >>> 0, 0x01000193 + 2 * h)
    }
  }
  add(salt)
  for (const { at, type, payload } of events) add(`${at}\n${type}\n${payload.slice(0, MOST)}\n`)
  const first = Math.min(2 ** 47, Math.max(0, Math.floor(events[0]?.at ?? 0)))
  let id = ''
  for (let left = first, i = 0; i < TIME; i++, left = Math.floor(left / 32)) id = DIGITS[left % 32] + id
  for (const hash of hashes) for (let i = 0; i < 4; i++) id += DIGITS[(hash >>> (5 * i + 7)) & 31]
  return id
}
