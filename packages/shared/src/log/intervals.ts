/**
 * A set of numbers (of n, or of batches) that keeps ranges in place of single numbers: they come nearly in order, so few ranges hold
 * millions.
 *
 *     numbers   1 2 3 4 . . 7 8 9 . 11            add(5, 6) joins two ranges:   from [ 1, 11 ]
 *     from    [ 1,        7,      11 ]                                          to   [ 9, 11 ]
 *     to      [ 4,        9,      11 ]
 *
 * The ranges are sorted, include both ends, and never touch: between two of them at least one number is missing. Adding behind the last
 * range, the usual case, takes constant time; adding elsewhere takes a binary search, and a splice where ranges join or come in between.
 */
export class Intervals {
  /** First and last number of each range, in order. */
  private readonly from: number[] = []
  private readonly to: number[] = []
  private size = 0

  /** How many numbers are in the set. */
  get count(): number {
    return this.size
  }

  /** The highest number in the set; 0 where it is empty. */
  get end(): number {
    return this.to.at(-1) ?? 0
  }

  /** The ranges in order, both ends inclusive. */
  get ranges(): [from: number, to: number][] {
    return this.from.map((from, i) => [from, this.to[i]!])
  }

  /** Adds the numbers from `from` to `to`, both inclusive. Returns how many of them are new. */
  add(from: number, to: number): number {
    if (to < from) return 0
    const { from: starts, to: ends } = this
    const last = ends.length - 1
    if (last < 0 || from > ends[last]! + 1) {
      starts.push(from)
      ends.push(to)
      this.size += to - from + 1
      return to - from + 1
    }
    // The ranges `first` to `next` − 1 overlap the new one or touch it, and become one with it.
    const first = from > ends[last]! ? last : this.firstEndingFrom(from - 1)
    let next = first
    let old = 0
    while (next <= last && starts[next]! <= to + 1) {
      old += ends[next]! - starts[next]! + 1
      next++
    }
    const start = next > first ? Math.min(from, starts[first]!) : from
    const end = next > first ? Math.max(to, ends[next - 1]!) : to
    if (next === first + 1) {
      starts[first] = start
      ends[first] = end
    } else {
      starts.splice(first, next - first, start)
      ends.splice(first, next - first, end)
    }
    const added = end - start + 1 - old
    this.size += added
    return added
  }

  /** Tells whether a number is in the set. */
  has(n: number): boolean {
    const i = this.firstEndingFrom(n)
    return i < this.from.length && this.from[i]! <= n
  }

  /** Returns the numbers from `from` to `to` that are not in the set, as ranges. */
  missing(from: number, to: number): [from: number, to: number][] {
    const found: [number, number][] = []
    let next = from
    for (let i = this.firstEndingFrom(from); i < this.from.length && this.from[i]! <= to; i++) {
      if (this.from[i]! > next) found.push([next, this.from[i]! - 1])
      next = this.to[i]! + 1
    }
    if (next <= to) found.push([next, to])
    return found
  }

  /** Returns the index of the first range that ends at `n` or later. */
  private firstEndingFrom(n: number): number {
    let low = 0
    let high = this.to.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.to[middle]! < n) low = middle + 1
      else high = middle
    }
    return low
  }
}
