import { wall } from './natives'

/** The digits of Crockford's base 32. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const crypto = globalThis.crypto

/** Makes a ULID: ten digits of the time in ms, then sixteen random ones. */
export function ulid(): string {
  let text = ''
  let time = wall()
  for (let i = 0; i < 10; i++) {
    text = DIGITS[time % 32] + text
    time = Math.floor(time / 32)
  }
  for (const byte of randomBytes()) text += DIGITS[byte % 32]
  return text
}

function randomBytes(): Uint8Array {
  const bytes = new Uint8Array(16)
  // Some browsers lack it in pages that are not secure, and old Node lacks it.
  return crypto?.getRandomValues ? crypto.getRandomValues(bytes) : bytes.map(() => Math.random() * 256)
}
