import { apply, sha256, subtle } from '../page/natives'

/** Returns the SHA-256 of some bytes in hexadecimal. Undefined where the platform does not hash, as in a page that is no secure context. */
export const digest: ((data: ArrayBuffer) => Promise<string>) | undefined =
  sha256 &&
  (async data => {
    const hash = (await apply(sha256, subtle, ['SHA-256', data])) as ArrayBuffer
    return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('')
  })
