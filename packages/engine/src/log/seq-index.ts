/**
 * Finds the seq of a producer's n. It keeps runs in which both are consecutive: one entry for a series of batches that no other producer
 * interrupted, and not one for each event.
 *
 *     from    [   1,  101,  301 ]          n = 150 is in the second run: seq = 700 + (150 − 101) = 749
 *     size    [ 100,  200,   50 ]
 *     seq     [   0,  700, 1200 ]
 *
 * Runs are sorted by n. An event that comes late opens a run in the middle.
 */
export class SeqIndex {
  private readonly from: number[] = []
  private readonly size: number[] = []
  private readonly seq: number[] = []

  /** How many runs there are. */
  get runs(): number {
    return this.from.length
  }

  /** Adds `count` events from `n` on, which are stored from `seq` on. None of these n may be in the index. */
  add(n: number, count: number, seq: number): void {
    const { from, size } = this
    const last = from.length - 1
    const at = last < 0 || n >= from[last]! + size[last]! ? last + 1 : this.after(n)
    this.put(at, n, count, seq)
  }

  /** Returns the seq of an n; -1 where it is not in the index. */
  seqOf(n: number): number {
    const i = this.after(n) - 1
    if (i < 0) return -1
    const offset = n - this.from[i]!
    return offset < this.size[i]! ? this.seq[i]! + offset : -1
  }

  /** Forgets the first runs, as far as they lie wholly before `seq`. A run after one that stays is kept, too. */
  dropBelow(seq: number): void {
    let count = 0
    while (count < this.from.length && this.seq[count]! + this.size[count]! <= seq) count++
    if (count === 0) return
    this.from.splice(0, count)
    this.size.splice(0, count)
    this.seq.splice(0, count)
  }

  /** Returns the index of the first run that begins after `n`. */
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

  /** Puts a run at an index, or joins it to the one before. */
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
