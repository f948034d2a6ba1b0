import type { SortKey } from '../../contract/view'
import type { LogReader } from '../../log/reader'
import { nextTask } from '../../tasks/next-task'
import type { ListItems, ViewItem } from './items'
import { sortKeys } from './sort-keys'

/** Entries that are sorted at once: about 4 ms. */
const RUN = 16_384
/** ms between two sorts of a list that grows. */
const PAUSE = 500

/**
 * The events of a list by something else than time; equal ones stay in their order, gaps come last. Sorting a million takes most of a
 * second, so it happens in slices, and what was sorted before is shown meanwhile.
 */
export class Sorted implements ListItems {
  private seqs: Uint32Array = new Uint32Array(0)
  private gaps: ViewItem[] = []
  /** Before, the list is shown as it is. */
  private sortedOnce = false
  private stale = true
  private running = false
  private closed = false
  private last = Number.NEGATIVE_INFINITY
  /** Nothing before this one is in `seqs`. */
  private firstSeq = 0

  constructor(
    private readonly items: ListItems,
    private readonly reader: LogReader,
    private readonly key: SortKey,
    private readonly descending: boolean,
    private readonly changed: () => void,
    /** Evicted events were taken out of it. */
    private readonly dropped: () => void,
  ) {}

  get done(): boolean {
    return !this.stale && !this.running
  }

  /** It is shown in its own order, not in that of the list. */
  get isSorted(): boolean {
    return this.sortedOnce
  }

  get length(): number {
    this.evict()
    return this.sortedOnce ? this.seqs.length + this.gaps.length : this.items.length
  }

  itemAt(index: number): ViewItem {
    this.evict()
    const { seqs, gaps } = this
    if (!this.sortedOnce) return this.items.itemAt(index)
    return index < seqs.length ? { seq: seqs[index] as number } : (gaps[index - seqs.length] as ViewItem)
  }

  indexOf(seq: number): number {
    this.evict()
    return this.sortedOnce ? this.seqs.indexOf(seq) : this.items.indexOf(seq)
  }

  placeOf(seq: number): number {
    return this.indexOf(seq)
  }

  close(): void {
    this.closed = true
  }

  /** The list changed. */
  invalidate(): void {
    this.stale = true
    void this.run()
  }

  /** Until it is sorted again: a page of it must not have fewer rows than places. */
  private evict(): void {
    const { firstSeq } = this.reader
    if (firstSeq === this.firstSeq) return
    this.firstSeq = firstSeq
    const { length } = this.seqs
    this.seqs = this.seqs.filter(seq => seq >= firstSeq)
    if (this.seqs.length < length) this.dropped()
  }

  private async run(): Promise<void> {
    if (this.running) return
    this.running = true
    while (this.stale && !this.closed) {
      const wait = this.last + PAUSE - performance.now()
      if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
      this.stale = false
      const seqs = await this.sorted()
      if (seqs && !this.closed) {
        this.seqs = seqs
        this.firstSeq = 0
        this.sortedOnce = true
        this.last = performance.now()
        if (this.stale) this.changed()
      }
    }
    this.running = false
    if (!this.closed) this.changed()
  }

  /** Undefined: nobody wants it any more. */
  private async sorted(): Promise<Uint32Array | undefined> {
    const { items, reader } = this
    const { length } = items
    const all = new Uint32Array(length)
    const gaps: ViewItem[] = []
    let events = 0
    for (let i = 0; i < length; i++) {
      const item = items.itemAt(i)
      if ('seq' in item) all[events++] = item.seq
      else gaps.push(item)
    }
    const unsorted = all.subarray(0, events)
    const keys = sortKeys(reader, unsorted, this.key)
    const sign = this.descending ? -1 : 1
    const compare = (a: number, b: number) => {
      const [x, y] = [keys[a] as number, keys[b] as number]
      if (x === y) return a - b
      if (Number.isNaN(x) || Number.isNaN(y))
        return Number.isNaN(x) && Number.isNaN(y) ? a - b : Number.isNaN(x) ? 1 : -1
      return x < y ? -sign : sign
    }
    let from: Uint32Array = new Uint32Array(events).map((_, i) => i)
    for (let at = 0; at < events; at += RUN) {
      from.subarray(at, at + RUN).sort(compare)
      await nextTask()
      if (this.closed) return undefined
    }
    let to: Uint32Array = new Uint32Array(events)
    for (let width = RUN; width < events; width *= 2) {
      for (let at = 0; at < events; at += 2 * width) {
        await merge(from, to, at, Math.min(at + width, events), Math.min(at + 2 * width, events), compare)
        if (this.closed) return undefined
      }
      ;[from, to] = [to, from]
    }
    this.gaps = gaps
    return from.map(i => unsorted[i] as number)
  }
}

async function merge(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
  compare: (a: number, b: number) => number,
): Promise<void> {
  let a = start
  let b = middle
  for (let at = start; at < end; at++) {
    const takeA = b >= end || (a < middle && compare(from[a] as number, from[b] as number) <= 0)
    to[at] = (takeA ? from[a++] : from[b++]) as number
    if ((at & 0xffff) === 0xffff) await nextTask()
  }
}
