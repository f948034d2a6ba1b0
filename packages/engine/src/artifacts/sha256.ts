/**
 * Returns the SHA-256 of some bytes in hexadecimal. An insecure origin (a page opened as `http://name:port`) has no digests of its own:
 * there they are computed here, some ten times as slowly.
 */
export async function sha256(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = crypto as { subtle?: SubtleCrypto }
  const digest = subtle
    ? new Uint8Array(await subtle.digest('SHA-256', bytes))
    : plainSha256(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** SHA-256 as FIPS 180-4 defines it. */
export function plainSha256(bytes: Uint8Array): Uint8Array {
  const { start, steps } = constants()
  const state = Uint32Array.from(start)
  const words = new Uint32Array(64)
  const whole = bytes.length & ~63
  for (let at = 0; at < whole; at += 64) mix(state, steps, words, bytes, at)
  // The rest, a 1 bit, zeros, and the length in bits fill one or two blocks.
  const rest = bytes.subarray(whole)
  const tail = new Uint8Array(rest.length < 56 ? 64 : 128)
  tail.set(rest)
  tail[rest.length] = 0x80
  const lengths = new DataView(tail.buffer)
  lengths.setUint32(tail.length - 8, Math.floor(bytes.length / 2 ** 29))
  lengths.setUint32(tail.length - 4, (bytes.length << 3) >>> 0)
  for (let at = 0; at < tail.length; at += 64) mix(state, steps, words, tail, at)
  const digest = new DataView(new ArrayBuffer(32))
  state.forEach((word, i) => void digest.setUint32(i * 4, word))
  return new Uint8Array(digest.buffer)
}

function mix(state: Uint32Array, steps: Uint32Array, words: Uint32Array, bytes: Uint8Array, at: number): void {
  const w = (i: number) => words[i] as number
  const byte = (i: number) => bytes[at + i] as number
  for (let i = 0; i < 16; i++) {
    words[i] = (byte(i * 4) << 24) | (byte(i * 4 + 1) << 16) | (byte(i * 4 + 2) << 8) | byte(i * 4 + 3)
  }
  for (let i = 16; i < 64; i++) {
    const near = turned(w(i - 15), 7) ^ turned(w(i - 15), 18) ^ (w(i - 15) >>> 3)
    const far = turned(w(i - 2), 17) ^ turned(w(i - 2), 19) ^ (w(i - 2) >>> 10)
    words[i] = w(i - 16) + near + w(i - 7) + far
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const one =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (steps[i] as number) + w(i)) | 0
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] as number) + word
}

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by))

/** The first 32 bits behind the point of the square roots of the first 8 primes, and of the cube roots of the first 64. */
function constants(): { start: number[]; steps: Uint32Array } {
  const primes: number[] = []
  for (let n = 2; primes.length < 64; n++) if (primes.every(prime => n % prime !== 0)) primes.push(n)
  const bits = (root: number) => ((root % 1) * 2 ** 32) >>> 0
  return {
    start: primes.slice(0, 8).map(prime => bits(Math.sqrt(prime))),
    steps: Uint32Array.from(primes, prime => bits(Math.cbrt(prime))),
  }
}
