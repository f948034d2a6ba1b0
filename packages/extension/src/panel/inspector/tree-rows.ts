import type { CauseTree } from '@playhead/engine/contract/event'

/** Effects below the event that are open from the start. */
const OPEN_BELOW = 300

/** Places in the columns of what is shown, top to bottom: below what is not open nothing is. */
export function shownRows({ seqs, sizes }: CauseTree, open: ReadonlySet<number>): Uint32Array {
  const rows = new Uint32Array(seqs.length)
  let count = 0
  for (let at = 0; at < seqs.length; ) {
    rows[count++] = at
    at += open.has(seqs[at] as number) ? 1 : (sizes[at] as number) + 1
  }
  return rows.subarray(0, count)
}

/** Places of the causes of the event at `at`, the root first. */
export function pathTo({ depths }: CauseTree, at: number): number[] {
  const path: number[] = []
  let depth = depths[at] ?? 0
  for (let index = at - 1; index >= 0 && depth > 0; index--) {
    if ((depths[index] as number) >= depth) continue
    depth = depths[index] as number
    path.push(index)
  }
  return path.reverse()
}

/** What is open when somebody comes to an event: its causes, and what it brought about. */
export function openAround(tree: CauseTree, at: number): Set<number> {
  const open = new Set(pathTo(tree, at).map(index => tree.seqs[index] as number))
  const end = Math.min(at + (tree.sizes[at] ?? 0), at + OPEN_BELOW)
  for (let index = at; index <= end; index++) if (tree.sizes[index]) open.add(tree.seqs[index] as number)
  return open
}

/** ms after its cause, and after the root. */
export function timesAt(tree: CauseTree, at: number): { edge: number; root: number } {
  const time = tree.times[at] as number
  const cause = causesOf(tree)[at] as number
  return { edge: at === 0 ? 0 : time - (tree.times[cause] as number), root: time - (tree.times[0] as number) }
}

const causes = new WeakMap<CauseTree, Uint32Array>()

/** Place of the cause of each, 0 for the root; found once, as rows that scroll by ask again and again. */
function causesOf(tree: CauseTree): Uint32Array {
  const known = causes.get(tree)
  if (known) return known
  const found = new Uint32Array(tree.seqs.length)
  /** The last place at each depth. */
  const last = new Uint32Array(tree.seqs.length + 1)
  for (let at = 0; at < found.length; at++) {
    const depth = tree.depths[at] as number
    found[at] = depth > 0 ? (last[depth - 1] as number) : 0
    last[depth] = at
  }
  causes.set(tree, found)
  return found
}
