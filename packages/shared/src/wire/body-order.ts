import type { BodyHead } from './body-codec'
import type { Chunk } from './columns'

/**
 * The order of payloads in compressed text. Payloads of one type stand together there, because they have the same keys. Rows are sorted by
 * type and keep their order within a type, so that the head's columns alone say which payload belongs to which row:
 *
 *     chunk     row 0 (type 5) | row 1 (type 2) | row 2 (type 5)
 *     grouped   row 1          | row 0          | row 2
 */
export type GroupHead = BodyHead & Pick<Chunk, 'type'>

/** Returns the payloads of a chunk in the order of their types. */
export function groupByType(text: Uint8Array, head: GroupHead): Uint8Array<ArrayBuffer> {
  const grouped = new Uint8Array(text.length)
  walk(head, (start, end, at) => copy(text, start, end, grouped, at))
  return grouped
}

/** Puts payloads back into the order of rows, in `text`. `grouped` must have as many bytes as the head's payloads. */
export function ungroup(
  grouped: Uint8Array,
  head: GroupHead,
  text = new Uint8Array(grouped.length),
): Uint8Array<ArrayBuffer> {
  walk(head, (start, end, at) => copy(grouped, at, at + end - start, text, start))
  return text
}

/** By type: first the bytes of its payloads, then the place of the next one. All zeros between calls, so that it need not be made anew. */
const next = new Uint32Array(0x10000)

/** Visits runs of rows that are neighbours in both orders: bytes `start` to `end` of the text, which begin at `at` in the grouped text. */
function walk({ count, payloadEnds, type }: GroupHead, visit: (start: number, end: number, at: number) => void): void {
  const ids = new Set<number>()
  for (let row = 0, start = 0, last = -1; row < count; row++) {
    const id = type[row]!
    const end = payloadEnds[row]!
    next[id]! += end - start
    start = end
    if (id !== last) ids.add(id)
    last = id
  }
  let at = 0
  for (const id of [...ids].sort((a, b) => a - b)) {
    const size = next[id]!
    next[id] = at
    at += size
  }
  for (let row = 0, start = 0; row < count; ) {
    const id = type[row]!
    while (row < count && type[row] === id) row++
    const end = payloadEnds[row - 1]!
    visit(start, end, next[id]!)
    next[id]! += end - start
    start = end
  }
  for (const id of ids) next[id] = 0
}

/** For payloads of at most so many bytes a loop takes less time than calling `set`. */
const SHORT = 48

function copy(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > SHORT) to.set(from.subarray(start, end), at)
  else for (let i = start; i < end; i++) to[at++] = from[i]!
}
