/** Returns the SHA-256 of some bytes in hexadecimal; an empty text where the platform does not hash (an insecure origin). */
export async function sha256(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle?.digest('SHA-256', bytes)
  return digest ? Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('') : ''
}
