/**
 * The seqs of the events that a scan found, in shown order. It has one of two forms:
 *
 *     dense    the two numbers `low … high` (exclusive): takes no memory, and is what an unfiltered session of one page has
 *     sparse   [ room | seqs in shown order | room ]      4 bytes an event; room at both ends, because a scan goes from new to old
 *                     ^ head                                while live events arrive at the other end
 *
 * Seqs are added in runs, one per chunk, each in shown order itself. A run that goes before or after everything is copied to that end; one
 * that overlaps is merged in place, after the shorter side was moved away to make room.
 */
export class SeqList {
  private items: Uint32Array | undefined
  private low = 0
  private high = 0
  private head = 0
  private size = 0

  /** `compare` is negative when seq `a` is shown before seq `b`; both must be in the log. */
  constructor(private readonly compare: (a: number, b: number) => number) {}

  /** Events in the list. */
  get length(): number {
    return this.items ? this.size : this.high - this.low
  }

  /** The seq at `index`, which must be below `length`. */
  at(index: number): number {
    return (this.items ? this.items[this.head + index] : this.low + index) as number
  }

  /** Counts the entries for which `before(seq)` is true, by bisection: they must all stand in front of those for which it is false. */
  countWhile(before: (seq: number) => boolean): number {
    return this.partition(0, this.length, before)
  }

  /** Index of `seq`; -1 when it is not in the list. `seq` must be in the log. */
  indexOf(seq: number): number {
    if (!this.items) return seq >= this.low && seq < this.high ? seq - this.low : -1
    const index = this.countWhile(other => this.compare(other, seq) < 0)
    return index < this.size && this.at(index) === seq ? index : -1
  }

  /** Adds seqs `low … high` (exclusive), which are shown in the order of their numbers. Returns the first index that changed. */
  mergeRange(low: number, high: number): number {
    const length = this.length
    if (high <= low) return length
    if (length === 0) {
      this.items = undefined
      this.low = low
      this.high = high
      return 0
    }
    if (!this.items) {
      if (low === this.high && this.compare(low - 1, low) < 0) {
        this.high = high
        return length
      }
      if (high === this.low && this.compare(high - 1, high) < 0) {
        this.low = low
        return 0
      }
    }
    const run = new Uint32Array(high - low)
    for (let i = 0; i < run.length; i++) run[i] = low + i
    return this.merge(run, run.length)
  }

  /** Adds the first `count` entries of `run`, which is in shown order. Returns the first index that changed. */
  merge(run: Uint32Array, count: number): number {
    const length = this.length
    if (count === 0) return length
    this.makeSparse(count)
    const first = run[0] as number
    const last = run[count - 1] as number
    if (length === 0 || this.compare(this.at(length - 1), first) < 0) {
      this.reserve(0, count).set(run.subarray(0, count), this.head + length)
      this.size += count
      return length
    }
    if (this.compare(last, this.at(0)) < 0) {
      const room = this.reserve(count, 0)
      this.head -= count
      room.set(run.subarray(0, count), this.head)
      this.size += count
      return 0
    }
    const from = this.partition(0, length, seq => this.compare(seq, first) < 0)
    const to = this.partition(from, length, seq => this.compare(seq, last) < 0)
    if (length - to <= from) this.mergeFromRight(run, count, from, to)
    else this.mergeFromLeft(run, count, from, to)
    return from
  }

  /**
   * Takes out every seq below `firstSeq` and returns whether there was one. The walk begins at the front and ends at the first seq that
   * stays and for which `mayHold` is false: no seq to take out can stand behind that one. As evicted events are old, it ends early.
   */
  dropBelow(firstSeq: number, mayHold: (seq: number) => boolean): boolean {
    const items = this.items
    if (!items) {
      if (firstSeq <= this.low) return false
      this.low = Math.min(Math.max(firstSeq, this.low), this.high)
      return true
    }
    const end = this.head + this.size
    let at = this.head
    while (at < end && ((items[at] as number) < firstSeq || mayHold(items[at] as number))) at++
    let write = at
    for (let read = at - 1; read >= this.head; read--) {
      const seq = items[read] as number
      if (seq >= firstSeq) items[--write] = seq
    }
    const dropped = write - this.head
    this.head = write
    this.size -= dropped
    return dropped > 0
  }

  /** The first index of `from … to` for which `before` is false; `to` when there is none. */
  private partition(from: number, to: number, before: (seq: number) => boolean): number {
    let low = from
    let high = to
    while (low < high) {
      const middle = (low + high) >>> 1
      if (before(this.at(middle))) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Writes the seqs out, with room for `extra` more at either end. Does nothing when they are written out already. */
  private makeSparse(extra: number): void {
    if (this.items) return
    const length = this.high - this.low
    const room = Math.max(1024, extra, length >>> 2)
    const items = new Uint32Array(length + 2 * room)
    for (let i = 0; i < length; i++) items[room + i] = this.low + i
    this.items = items
    this.head = room
    this.size = length
  }

  /** Makes room for so many entries before the first and behind the last one, and returns the array that has it. */
  private reserve(before: number, after: number): Uint32Array {
    const items = this.items as Uint32Array
    const behind = items.length - this.head - this.size
    if (this.head >= before && behind >= after) return items
    const grow = Math.max(1024, this.size >>> 1)
    const front = before > 0 ? before + grow : Math.min(this.head, grow)
    const back = after > 0 ? after + grow : Math.min(behind, grow)
    const next = new Uint32Array(front + this.size + back)
    next.set(items.subarray(this.head, this.head + this.size), front)
    this.items = next
    this.head = front
    return next
  }

  /** Moves the entries from `to` on to the right by `count`, then merges `run` and the entries `from … to`, last ones first. */
  private mergeFromRight(run: Uint32Array, count: number, from: number, to: number): void {
    const items = this.reserve(0, count)
    const head = this.head
    items.copyWithin(head + to + count, head + to, head + this.size)
    this.size += count
    let end = to
    for (let i = count - 1; i >= 0; i--) {
      const seq = run[i] as number
      // Galloping search: most runs overlap with the list in a few places only.
      let step = 1
      let high = end
      let low = end
      while (low > from && this.compare(items[head + low - 1] as number, seq) > 0) {
        high = low - 1
        low = Math.max(from, low - step)
        step *= 2
      }
      const at = this.partition(low, high, other => this.compare(other, seq) < 0)
      items.copyWithin(head + at + i + 1, head + at, head + end)
      items[head + at + i] = seq
      end = at
    }
  }

  /** The mirror image: moves the entries before `from` to the left by `count`, then merges, first ones first. */
  private mergeFromLeft(run: Uint32Array, count: number, from: number, to: number): void {
    const items = this.reserve(count, 0)
    const head = this.head
    items.copyWithin(head - count, head, head + from)
    let start = from
    for (let i = 0; i < count; i++) {
      const seq = run[i] as number
      let step = 1
      let low = start
      let high = start
      while (high < to && this.compare(items[head + high] as number, seq) < 0) {
        low = high + 1
        high = Math.min(to, high + step)
        step *= 2
      }
      const at = this.partition(low, high, other => this.compare(other, seq) < 0)
      const shift = count - i
      items.copyWithin(head + start - shift, head + start, head + at)
      items[head + at - shift] = seq
      start = at
    }
    this.head -= count
    this.size += count
  }
}
