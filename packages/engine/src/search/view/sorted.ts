import type { SortKey } from '../../contract/view'
import type { LogReader } from '../../log/reader'
import { nextTask } from '../../tasks/next-task'
import type { ListItems, ViewItem } from './items'
import { sortKeys } from './sort-keys'

/** Entries that are sorted at a time, in one call: about 4 ms of work. */
const RUN = 16_384
/** ms between the end of one sort and the beginning of the next, while the list grows. */
const PAUSE = 500

/**
 * The events of a list, sorted by something other than time. Events with equal keys stay in the order of the list, those without a key come
 * behind them, and gaps come last. Sorting a million events takes most of a second, so it is done in slices, as a merge sort:
 *
 *     keys     one number for each event (sort-keys.ts), so that comparing two events is comparing two numbers
 *     runs     | 16,384 sorted | 16,384 sorted | 16,384 sorted | …        one slice each
 *     merge    |         32,768 sorted         | …                        from one array into the other and back,
 *              |                          all sorted                …     each pass in slices of 65,536 entries
 *
 * Meanwhile the result of the last sort is shown; before there is one, the list below as it is. What changes below during a sort makes
 * the result `stale`, and it is sorted again after PAUSE ms. Evicted events cannot wait for that: they are taken out of the shown result
 * at once, because a page of rows must not find fewer events than places.
 *
 *     list below   ── invalidate ─▶ stale ── run ─▶ sorted() in slices ─▶ seqs, gaps ── changed ─▶ view
 *                                     ▲                    │
 *                                     └── changed below ◀──┘
 */
export class Sorted implements ListItems {
  /** The events in their order when they were sorted last, without those evicted since. */
  private seqs: Uint32Array = new Uint32Array(0)
  /** The gaps of the list, which stand behind the events. */
  private gaps: ViewItem[] = []
  /** False until the first sort is over: till then the list is shown as it is. */
  private sortedOnce = false
  /** The list changed since the sort that is shown, or that is under way, began. */
  private stale = true
  private running = false
  private closed = false
  /** When the last sort ended, by `performance.now`. */
  private last = Number.NEGATIVE_INFINITY
  /** `seqs` holds no event below this seq. */
  private firstSeq = 0

  constructor(
    private readonly items: ListItems,
    private readonly reader: LogReader,
    private readonly key: SortKey,
    private readonly descending: boolean,
    /** Called when a sort has ended. */
    private readonly changed: () => void,
    /** Called when evicted events were taken out, in the middle of a read. */
    private readonly dropped: () => void,
  ) {}

  /** The list is shown sorted, and nothing changed since. */
  get done(): boolean {
    return !this.stale && !this.running
  }

  /** Items stand in sorted order, not in that of the list below. */
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

  /** Ends a sort under way; `changed` is not called any more. */
  close(): void {
    this.closed = true
  }

  /** To be called when the list below changed: it is sorted again in the background. */
  invalidate(): void {
    this.stale = true
    void this.run()
  }

  /** Takes evicted events out of the sorted list. */
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

  /** Sorts the list as it is now and returns the seqs of its events; undefined when `close` was called meanwhile. */
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

/** Merges the sorted runs `start … middle` and `middle … end` of `from` into `to`. */
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
