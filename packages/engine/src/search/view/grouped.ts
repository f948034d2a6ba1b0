import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { ListItems, ViewItem } from './items'

/**
 * A list in which consecutive events of the same type, source and take (a group) are one entry. When the user opens a group, each of its
 * events is an entry, and the first one says how many they are.
 *
 *     items    a a a b (gap) b b
 *     closed   a ×3, b, (gap), b ×2             starts = [0, 3, 4, 5]
 *     opened   a ×3, a, a, b, (gap), b ×2       starts = [0, 1, 2, 3, 4, 5], sizes = { 0: 3 }
 *
 * `starts` is made when the list is read, and only as far as the list below goes. When that changes, entries from the place of the change
 * on are forgotten and made again at the next read; a list that only grows costs no more than its new items.
 */
export class Grouped implements ListItems {
  /** For each entry, the index in `items` of the first item that it stands for. 4 bytes an entry; longer than `count`. */
  private starts = new Uint32Array(1024)
  /** Entries that were made so far. */
  private count = 0
  /** Items that those entries stand for. */
  private covered = 0
  /** Entry that begins the last group: it may go on with the next item. */
  private lastGroup = 0
  /** Events of each opened group, by the entry that begins it. */
  private readonly sizes = new Map<number, number>()

  constructor(
    private readonly items: ListItems,
    private readonly reader: LogReader,
    /** First seqs of the groups that are open. */
    private readonly open: ReadonlySet<number>,
  ) {}

  /** To be called when the items from index `from` on may be others now. Opened groups before it cost a new beginning. */
  invalidate(from: number): void {
    if (from >= this.covered) return
    if (from === 0 || this.sizes.size > 0) {
      this.count = 0
      this.covered = 0
      this.lastGroup = 0
      this.sizes.clear()
      return
    }
    this.count = this.entryOf(from)
    this.covered = this.starts[this.count] ?? 0
    this.lastGroup = Math.max(0, this.count - 1)
  }

  /** Entries of the list. */
  get length(): number {
    this.extend()
    return this.count
  }

  itemAt(index: number): ViewItem {
    this.extend()
    const start = this.starts[index] as number
    const item = this.items.itemAt(start)
    if (!('seq' in item)) return item
    const opened = this.sizes.get(index)
    const end = index + 1 < this.count ? (this.starts[index + 1] as number) : this.covered
    const count = opened ?? end - start
    if (count < 2) return item
    const last = this.items.itemAt(start + count - 1)
    return 'seq' in last ? { ...item, repeats: { count, last: last.seq, open: opened !== undefined } } : item
  }

  indexOf(seq: number): number {
    this.extend()
    const at = this.items.indexOf(seq)
    return at < 0 ? -1 : this.entryOf(at)
  }

  placeOf(seq: number): number {
    this.extend()
    const at = this.items.placeOf(seq)
    return at < 0 ? -1 : this.entryOf(at)
  }

  /** The entry that stands for an item of the list below. */
  private entryOf(item: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.starts[middle] as number) <= item) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Makes entries for the items that have none yet. */
  private extend(): void {
    const { length } = this.items
    if (this.covered > length) this.invalidate(0)
    if (this.covered === length) return
    let at = this.covered
    // The last group may go on with the new items: it is made again.
    if (this.count > 0) {
      at = this.starts[this.lastGroup] as number
      this.count = this.lastGroup
      this.sizes.delete(this.lastGroup)
    }
    while (at < length) {
      const end = this.endOf(at, length)
      this.lastGroup = this.count
      const first = this.items.itemAt(at)
      if (end - at > 1 && 'seq' in first && this.open.has(first.seq)) {
        this.sizes.set(this.count, end - at)
        for (let item = at; item < end; item++) this.push(item)
      } else this.push(at)
      at = end
    }
    this.covered = length
  }

  /** Index behind the last item of the group that begins at `start`. A gap is alone. */
  private endOf(start: number, length: number): number {
    const kind = this.kindOf(start)
    let end = start + 1
    if (kind >= 0) while (end < length && this.kindOf(end) === kind) end++
    return end
  }

  /** One number that stands for type, source and take of the event at `index`; -1 for a gap. */
  private kindOf(index: number): number {
    const item = this.items.itemAt(index)
    const chunk = 'seq' in item ? chunkAt(this.reader, item.seq) : undefined
    if (!chunk || !('seq' in item)) return -1
    const row = item.seq - chunk.firstSeq
    return (
      ((chunk.take[row] as number) * 0x10000 + (chunk.source[row] as number)) * 0x10000 + (chunk.type[row] as number)
    )
  }

  private push(start: number): void {
    if (this.count === this.starts.length) {
      const next = new Uint32Array(this.count * 2)
      next.set(this.starts)
      this.starts = next
    }
    this.starts[this.count++] = start
  }
}
