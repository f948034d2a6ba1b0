import type { BodyHead } from './body-codec'
import type { Chunk } from './columns'

/**
 * Payloads of one type stand together where text is compressed: they have the same keys. Rows are sorted by type and keep their order
 * within one, so that the head's columns alone say which payload is whose:
 *
 *     chunk     row 0 (type 5) | row 1 (type 2) | row 2 (type 5)
 *     grouped   row 1          | row 0          | row 2
 */
export type GroupHead = BodyHead & Pick<Chunk, 'type'>

export function groupByType(text: Uint8Array, head: GroupHead): Uint8Array<ArrayBuffer> {
  const grouped = new Uint8Array(text.length)
  walk(head, (start, end, at) => copy(text, start, end, grouped, at))
  return grouped
}

/** The inverse, in `text`. `grouped` must have as many bytes as the head's payloads. */
export function ungroup(
  grouped: Uint8Array,
  head: GroupHead,
  text = new Uint8Array(grouped.length),
): Uint8Array<ArrayBuffer> {
  walk(head, (start, end, at) => copy(grouped, at, at + end - start, text, start))
  return text
}

/** By type: first how many bytes its payloads have, then where the next one goes. All zeros between calls. */
const next = new Uint32Array(0x10000)

/** `visit`: rows that are neighbours in both orders lie at `start … end` of the text, and from `at` on in the grouped one. */
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

/** `set` costs more to call than a loop over a short payload. */
const SHORT = 48

function copy(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > SHORT) to.set(from.subarray(start, end), at)
  else for (let i = start; i < end; i++) to[at++] = from[i]!
}
