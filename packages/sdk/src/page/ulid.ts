import { wall } from './natives'

/** Crockford's base 32. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const crypto = globalThis.crypto

/** A ULID: ten digits of the time in ms, sixteen of chance. */
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
  // Absent on pages that are not secure in some browsers, and in old Node.
  return crypto?.getRandomValues ? crypto.getRandomValues(bytes) : bytes.map(() => Math.random() * 256)
}
