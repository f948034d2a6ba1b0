/** Some of the events of a log, in a bit each. */
export class EventChoice {
  private readonly bits: Uint8Array
  count = 0

  /** `seqs` outside of `firstSeq … endSeq` (exclusive) count as none. */
  constructor(
    private readonly firstSeq: number,
    private readonly endSeq: number,
    seqs: Iterable<number>,
  ) {
    this.bits = new Uint8Array(Math.ceil(Math.max(0, endSeq - firstSeq) / 8))
    for (const seq of seqs) {
      if (seq < firstSeq || seq >= endSeq || !Number.isInteger(seq) || this.has(seq)) continue
      const at = seq - firstSeq
      this.bits[at >> 3] = (this.bits[at >> 3] as number) | (1 << (at & 7))
      this.count++
    }
  }

  has(seq: number): boolean {
    const at = seq - this.firstSeq
    return at >= 0 && seq < this.endSeq && (((this.bits[at >> 3] as number) >> (at & 7)) & 1) === 1
  }
}
