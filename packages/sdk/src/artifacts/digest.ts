import { apply, sha256, subtle } from '../page/natives'

/** SHA-256 in hexadecimal; undefined where the platform does not hash (a page that is no secure context). */
export const digest: ((data: ArrayBuffer) => Promise<string>) | undefined =
  sha256 &&
  (async data => {
    const hash = (await apply(sha256, subtle, ['SHA-256', data])) as ArrayBuffer
    return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('')
  })
