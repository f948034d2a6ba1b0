/** A set of event numbers as sorted, disjoint, inclusive ranges that never touch. Adding at the end is O(1). */
export class Intervals {
  /** Firsts and lasts of the ranges, in order. */
  private readonly from: number[] = []
  private readonly to: number[] = []
  private size = 0

  /** How many numbers are in it. */
  get count(): number {
    return this.size
  }

  /** The highest number in it, 0 = empty. */
  get end(): number {
    return this.to.at(-1) ?? 0
  }

  get ranges(): [from: number, to: number][] {
    return this.from.map((from, i) => [from, this.to[i]!])
  }

  /** Adds `from` to `to`, both inclusive; returns how many were not there yet. */
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
    // Ranges first..next−1 overlap or touch and become one.
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

  has(n: number): boolean {
    const i = this.firstEndingFrom(n)
    return i < this.from.length && this.from[i]! <= n
  }

  /** The ranges inside `from`–`to` that are not in it. */
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

  /** Index of the first range whose last number is at least `n`. */
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
