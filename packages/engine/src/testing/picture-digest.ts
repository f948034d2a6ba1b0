import type { pictureOf } from './log-picture'

/** Every how many rows one is kept in full. */
const SAMPLE = 250

/** A picture short enough to be committed: all of it but the rows, of which it holds samples, and what tells all of them. */
export async function digestOf({ rows, ...rest }: Awaited<ReturnType<typeof pictureOf>>) {
  const text = rows.map(row => JSON.stringify(row)).join('\n')
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return JSON.parse(
    JSON.stringify({
      ...rest,
      count: rows.length,
      rows: rows.filter((_, i) => i % SAMPLE === 0),
      sha256: Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join(''),
    }),
  ) as unknown
}
