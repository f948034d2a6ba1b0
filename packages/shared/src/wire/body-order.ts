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

/** The inverse. `grouped` must have as many bytes as the head's payloads. */
export function ungroup(grouped: Uint8Array, head: GroupHead): Uint8Array<ArrayBuffer> {
  const text = new Uint8Array(grouped.length)
  walk(head, (start, end, at) => copy(grouped, at, at + end - start, text, start))
  return text
}

/** `visit`: rows that are neighbours in both orders lie at `start … end` of the text, and from `at` on in the grouped one. */
function walk({ count, payloadEnds, type }: GroupHead, visit: (start: number, end: number, at: number) => void): void {
  const next = new Map<number, number>()
  for (let row = 0, start = 0; row < count; row++) {
    const end = payloadEnds[row]!
    next.set(type[row]!, (next.get(type[row]!) ?? 0) + end - start)
    start = end
  }
  let at = 0
  for (const id of [...next.keys()].sort((a, b) => a - b)) {
    const size = next.get(id)!
    next.set(id, at)
    at += size
  }
  for (let row = 0, start = 0; row < count; ) {
    const id = type[row]!
    while (row < count && type[row] === id) row++
    const end = payloadEnds[row - 1]!
    const to = next.get(id)!
    visit(start, end, to)
    next.set(id, to + end - start)
    start = end
  }
}

/** `set` costs more to call than a loop over a short payload. */
const SHORT = 48

function copy(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > SHORT) to.set(from.subarray(start, end), at)
  else for (let i = start; i < end; i++) to[at++] = from[i]!
}
