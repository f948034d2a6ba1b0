import { CAUSE_KINDS, Flag } from '@playhead/shared/model/event'
import type { CauseTree } from '../../contract/event'
import { chunkAt, compareSeqs } from '../../log/order'
import type { LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'
import { CauseIndex, rootOf } from './cause-index'

/** Events of a tree that are sent to the panel, at most. */
const MOST = 50_000

/**
 * Reads the tree of causes and effects that an event belongs to, for the inspector. It takes four steps:
 *
 *     rootOf      up the chain of causes from the event to its root                                (cause-index.ts)
 *     CauseIndex  down: one pass over the log finds all that the root brought about, numbered      (cause-index.ts)
 *     layOut      chooses at most 50,000 of them: ① the path from the root to the event, ② what is below the event, level by level,
 *                 ③ the rest, level by level from the root. Each comes after its cause, so what is chosen is a tree again.
 *     put         writes the chosen ones depth first into columns, siblings in shown order:
 *
 *         root                row        0     1     2     3     4
 *         ├─ a                seqs       root  a     c     d     b
 *         │  ├─ c             depths     0     1     2     2     1
 *         │  └─ d             sizes      4     2     0     0     0      rows below it in the answer
 *         └─ b  (+ 7)         descendants 11   2     0     0     7      events below it in the log, sent or not
 *
 * The index of the last tree is kept: asking for another event of the same tree costs the events that arrived since, and the layout.
 */
export class CauseTrees {
  private last: CauseIndex | undefined

  /** Resolves with null when event `seq` is not in the log. `most`: events in the answer. */
  async read(reader: LogReader, seq: number, most = MOST): Promise<CauseTree | null> {
    const { root, outside } = rootOf(reader, seq)
    if (root < 0) return null
    const { last } = this
    const usable = last?.reader === reader && last.root === root && last.base === reader.firstSeq
    const index = usable ? last : new CauseIndex(reader, root)
    this.last = index
    await index.extend()
    return layOut(index, seq, outside, most)
  }
}

/** Chooses the events that are sent and writes them as columns. Null when the root or event `seq` was evicted meanwhile. */
async function layOut(index: CauseIndex, seq: number, outside: boolean, most: number): Promise<CauseTree | null> {
  const { reader, size, parents, seqs } = index
  const turns = new Turns()
  const own = index.numberOf(seq)
  const root = index.root
  if (own < 0 || !chunkAt(reader, root) || !chunkAt(reader, seq)) return null
  const effects = new Effects(parents, size)
  const below = effects.descendants()

  const chosen: number[] = []
  const isChosen = new Uint8Array(size)
  const choose = (k: number) => {
    if (isChosen[k]) return true
    // An event that was evicted meanwhile is not chosen, nor is anything below it.
    if (chosen.length >= most || !chunkAt(reader, seqs[k] as number)) return false
    isChosen[k] = 1
    chosen.push(k)
    return true
  }
  const path: number[] = []
  for (let k = own; ; k = parents[k] as number) {
    path.push(k)
    if (k === 0) break
  }
  // Of a path that is longer than `most`, the part at the root is kept.
  for (const k of path.reverse()) if (!choose(k)) break
  for (const start of [isChosen[own] ? own : 0, 0]) {
    const queue = [start]
    for (let i = 0; i < queue.length && chosen.length < most; i++) {
      for (const k of effects.of(queue[i] as number)) {
        if (choose(k)) queue.push(k)
        else if (chosen.length >= most) break
      }
      if (i % 1000 === 0 && turns.due) await turns.next()
    }
  }

  const tree = emptyTree(chosen.length, size, outside)
  const names = new Map<number, number>()
  const nameOf = (code: number) => {
    const known = names.get(code)
    if (known !== undefined) return known
    names.set(code, names.size)
    return tree.typeNames.push(reader.types[code] ?? '') - 1
  }
  let row = 0
  const put = (k: number, depth: number) => {
    const event = seqs[k] as number
    const chunk = chunkAt(reader, event)
    tree.seqs[row] = event
    tree.depths[row] = depth
    tree.descendants[row] = below[k] as number
    if (chunk) {
      const at = event - chunk.firstSeq
      tree.times[row] = chunk.time[at] as number
      tree.types[row] = nameOf(chunk.type[at] as number)
      tree.kinds[row] = chunk.causeKind[at] as number
      tree.threw[row] = (chunk.flags[at] as number) & Flag.threw ? 1 : 0
    }
    return row++
  }
  // A stack in place of recursion, because a chain of causes may be as long as the session.
  const open: { k: number; row: number; inside: number[]; next: number }[] = []
  const enter = (k: number) => {
    const inside = [...effects.of(k)].filter(one => isChosen[one])
    inside.sort((a, b) => compareSeqs(reader, seqs[a] as number, seqs[b] as number))
    open.push({ k, row: put(k, open.length), inside, next: 0 })
  }
  enter(0)
  for (let steps = 0; open.length > 0; steps++) {
    const top = open[open.length - 1] as (typeof open)[number]
    if (top.next < top.inside.length) enter(top.inside[top.next++] as number)
    else {
      tree.sizes[top.row] = row - top.row - 1
      open.pop()
    }
    if (steps % 1000 === 0 && turns.due) await turns.next()
  }
  return tree
}

/** The direct effects of each event, as numbers: those of event k are `list[start[k]] … list[start[k + 1]]` (exclusive). */
class Effects {
  private readonly start: Uint32Array
  private readonly list: Uint32Array

  constructor(
    private readonly parents: Uint32Array,
    private readonly size: number,
  ) {
    const start = new Uint32Array(size + 1)
    for (let k = 1; k < size; k++) start[(parents[k] as number) + 1]! += 1
    for (let k = 0; k < size; k++) start[k + 1]! += start[k] as number
    const next = start.slice()
    const list = new Uint32Array(Math.max(0, size - 1))
    for (let k = 1; k < size; k++) list[next[parents[k] as number]!++] = k
    this.start = start
    this.list = list
  }

  /** Numbers of the direct effects of event k, in the order in which they were found. */
  of(k: number): Uint32Array {
    return this.list.subarray(this.start[k], this.start[k + 1])
  }

  /** How many events are below each event. A cause has a smaller number than its effects, so one walk from the end adds them up. */
  descendants(): Uint32Array {
    const below = new Uint32Array(this.size)
    for (let k = this.size - 1; k > 0; k--) below[this.parents[k] as number]! += (below[k] as number) + 1
    return below
  }
}

function emptyTree(length: number, total: number, outside: boolean) {
  return {
    seqs: new Uint32Array(length),
    depths: new Uint32Array(length),
    sizes: new Uint32Array(length),
    descendants: new Uint32Array(length),
    times: new Float64Array(length),
    types: new Uint16Array(length),
    kinds: new Uint8Array(length),
    threw: new Uint8Array(length),
    typeNames: [] as string[],
    kindNames: [...CAUSE_KINDS],
    total,
    outside,
  } satisfies CauseTree
}
