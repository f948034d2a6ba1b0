import type { CauseTree } from '@playhead/engine/contract/event'
import type { TreeLines } from './tree-keys'

/*
 * A tree of causes is told in columns, an event a place, each before what it caused:
 *
 *     place   0     1     2     3     4          100 ┬ 101 ─ 102
 *     seqs    100   101   102   103   104            └ 103 ─ 104
 *     depths  0     1     2     1     2
 *     sizes   4     1     0     1     0          events below it, so that place + size + 1 is where the next one beside it stands
 *
 * Rows are the places that are shown: those whose causes are all open. What is open is named by seq, which stays the same while the tree
 * grows.
 */

/** At most so many places below the event are opened when somebody comes to it. */
const OPEN_BELOW = 300

/** Lists the places that are shown, from top to bottom: what is below an event that is not open is left out. */
export function shownRows({ seqs, sizes }: CauseTree, open: ReadonlySet<number>): Uint32Array {
  const rows = new Uint32Array(seqs.length)
  let count = 0
  for (let at = 0; at < seqs.length; ) {
    rows[count++] = at
    at += open.has(seqs[at] as number) ? 1 : (sizes[at] as number) + 1
  }
  return rows.subarray(0, count)
}

/** Lists the places of the causes of the event at place `at`, the root first. */
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

/** Names what is open when somebody comes to an event: its causes, and what it brought about. */
export function openAround(tree: CauseTree, at: number): Set<number> {
  const open = new Set(pathTo(tree, at).map(index => tree.seqs[index] as number))
  const end = Math.min(at + (tree.sizes[at] ?? 0), at + OPEN_BELOW)
  for (let index = at; index <= end; index++) if (tree.sizes[index]) open.add(tree.seqs[index] as number)
  return open
}

/**
 * What is open when somebody comes to the event at `at`: in another tree what is around the event, in the one they were in (`before.root`
 * is seq of its root) also what was open.
 */
export function openOnArrival(
  tree: CauseTree,
  at: number,
  before: { root: number; open: ReadonlySet<number> },
): ReadonlySet<number> {
  const around = openAround(tree, at)
  return before.root === tree.seqs[0] ? new Set([...before.open, ...around]) : around
}

/** Returns the set with this event opened, or folded. */
export function withOpen(open: ReadonlySet<number>, seq: number, isOpen: boolean): ReadonlySet<number> {
  const next = new Set(open)
  if (isOpen) next.add(seq)
  else next.delete(seq)
  return next
}

export function seqsOf({ seqs }: CauseTree, places: Iterable<number>): number[] {
  return Array.from(places, place => seqs[place] as number)
}

/** Describes the rows for the keys that go through them. */
export function causeLines(tree: CauseTree, rows: Uint32Array, open: ReadonlySet<number>): TreeLines {
  return {
    length: rows.length,
    depthAt: row => tree.depths[rows[row] as number] ?? 0,
    openAt(row) {
      const place = rows[row]
      return place === undefined || !tree.sizes[place] ? undefined : open.has(tree.seqs[place] as number)
    },
    labelAt: row => tree.typeNames[tree.types[rows[row] as number] as number] ?? '',
  }
}

/** Tells how many ms the event came after its cause, and after the root. */
export function timesAt(tree: CauseTree, at: number): { edge: number; root: number } {
  const time = tree.times[at] as number
  const cause = causesOf(tree)[at] as number
  return { edge: at === 0 ? 0 : time - (tree.times[cause] as number), root: time - (tree.times[0] as number) }
}

const causes = new WeakMap<CauseTree, Uint32Array>()

/** Finds the place of the cause of each place, 0 for the root. It is found once for a tree, because rows that scroll by ask again and again. */
function causesOf(tree: CauseTree): Uint32Array {
  const known = causes.get(tree)
  if (known) return known
  const found = new Uint32Array(tree.seqs.length)
  /** The last place that was passed at each depth. */
  const last = new Uint32Array(tree.seqs.length + 1)
  for (let at = 0; at < found.length; at++) {
    const depth = tree.depths[at] as number
    found[at] = depth > 0 ? (last[depth - 1] as number) : 0
    last[depth] = at
  }
  causes.set(tree, found)
  return found
}
