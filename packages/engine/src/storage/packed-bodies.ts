import type { BodyChange } from './disk'
import type { SessionRecord } from './records'

/** Returns the sizes in bytes of the compressed bodies, by the first seq of their chunk. */
export function packedBodies({ packed }: Pick<SessionRecord, 'packed'>): Map<number, number> {
  const sizes = new Map<number, number>()
  for (let i = 0; packed && i < packed.length; i += 2) sizes.set(packed[i]!, packed[i + 1]!)
  return sizes
}

/** Returns the same as a list for the record; undefined where no body is compressed. */
export function packedList(chunks: Iterable<{ firstSeq: number; packedBytes: number }>): Float64Array | undefined {
  const pairs: number[] = []
  for (const { firstSeq, packedBytes } of chunks) if (packedBytes > 0) pairs.push(firstSeq, packedBytes)
  return pairs.length > 0 ? Float64Array.from(pairs) : undefined
}

/** Notes in a session's record that a body was compressed. False where the record belongs to other data: nothing was changed. */
export function notePacked(record: SessionRecord, { data, firstSeq, body, rawBytes }: BodyChange): boolean {
  if (record.data !== data) return false
  const sizes = packedBodies(record)
  const before = sizes.get(firstSeq) ?? rawBytes
  record.info.bytes = Math.max(0, record.info.bytes + body.byteLength - before)
  sizes.set(firstSeq, body.byteLength)
  record.packed = packedList(Array.from(sizes, ([first, packedBytes]) => ({ firstSeq: first, packedBytes })))
  return true
}
