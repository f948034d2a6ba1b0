import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { ListItems, ViewItem } from './items'

/**
 * A list in which consecutive events of the same type, source and take stand as one item, unless the user opened it: then each stands
 * for itself, and the first one says how many they are.
 *
 *     items    a a a b (gap) b b        starts = [0, 3, 4, 5]
 *
 * Built as far as somebody looks, and again from where the list changed.
 */
export class Grouped implements ListItems {
  /** Index in `items` of the first of each entry. */
  private starts = new Uint32Array(1024)
  private count = 0
  /** ListItems that `starts` covers. */
  private covered = 0
  /** First entry of the group that the last entry belongs to. */
  private lastGroup = 0
  /** Of opened groups: how many they are, by their first entry. */
  private readonly sizes = new Map<number, number>()

  constructor(
    private readonly items: ListItems,
    private readonly reader: LogReader,
    /** First seqs of the groups that are open. */
    private readonly open: ReadonlySet<number>,
  ) {}

  /** What stands at `from` and behind it may be something else now. */
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

  /** Entry that covers an item. */
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

  private extend(): void {
    const { length } = this.items
    if (this.covered > length) this.invalidate(0)
    if (this.covered === length) return
    let at = this.covered
    // The last group may go on.
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

  private endOf(start: number, length: number): number {
    const kind = this.kindOf(start)
    let end = start + 1
    if (kind >= 0) while (end < length && this.kindOf(end) === kind) end++
    return end
  }

  /** One number for type, source and take; -1 for a gap. */
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
