/**
 * n → seq of one producer, as runs of consecutive n with consecutive seq: one entry per stretch of batches that no other producer
 * interrupted, not one per event. Sorted by n; a late event opens a run in the middle.
 */
export class SeqIndex {
  private readonly from: number[] = []
  private readonly size: number[] = []
  private readonly seq: number[] = []

  get runs(): number {
    return this.from.length
  }

  /** Numbers `n … n + count − 1` are at `seq …`; none of them may be there yet. */
  add(n: number, count: number, seq: number): void {
    const { from, size } = this
    const last = from.length - 1
    const at = last < 0 || n >= from[last]! + size[last]! ? last + 1 : this.after(n)
    this.put(at, n, count, seq)
  }

  /** -1: not there. */
  seqOf(n: number): number {
    const i = this.after(n) - 1
    if (i < 0) return -1
    const offset = n - this.from[i]!
    return offset < this.size[i]! ? this.seq[i]! + offset : -1
  }

  /** Forgets the oldest runs that lie wholly before `seq`. A run behind a younger one stays until that one goes. */
  dropBelow(seq: number): void {
    let count = 0
    while (count < this.from.length && this.seq[count]! + this.size[count]! <= seq) count++
    if (count === 0) return
    this.from.splice(0, count)
    this.size.splice(0, count)
    this.seq.splice(0, count)
  }

  /** Index of the first run that begins after `n`. */
  private after(n: number): number {
    let low = 0
    let high = this.from.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.from[middle]! <= n) low = middle + 1
      else high = middle
    }
    return low
  }

  private put(at: number, n: number, count: number, seq: number): void {
    const { from, size, seq: seqs } = this
    const before = at - 1
    if (before >= 0 && from[before]! + size[before]! === n && seqs[before]! + size[before]! === seq) {
      size[before]! += count
    } else if (at === from.length) {
      from.push(n)
      size.push(count)
      seqs.push(seq)
    } else {
      from.splice(at, 0, n)
      size.splice(at, 0, count)
      seqs.splice(at, 0, seq)
    }
  }
}
