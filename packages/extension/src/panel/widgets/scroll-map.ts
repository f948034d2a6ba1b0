/** px: browsers cut off elements that are taller. */
const TALLEST = 8_000_000

/**
 * Maps a scroll position to rows for a list of any length. Up to `TALLEST` pixels one pixel is one pixel; beyond, the whole scroll
 * range stands for the whole list.
 */
export class ScrollMap {
  /** Height of the scrolled element, in px. */
  readonly height: number
  readonly scaled: boolean
  /** Topmost position, in rows, at which the last row is in view. */
  readonly lastTop: number

  constructor(
    readonly total: number,
    readonly rowHeight: number,
    readonly viewport: number,
  ) {
    const natural = total * rowHeight
    this.scaled = natural > TALLEST
    this.height = Math.max(this.scaled ? TALLEST : natural, viewport)
    this.lastTop = Math.max(0, total - viewport / rowHeight)
  }

  /** The row, with a fraction, at the upper edge of the viewport. */
  topAt(scrollTop: number): number {
    const range = this.height - this.viewport
    if (range <= 0) return 0
    const top = this.scaled ? (scrollTop / range) * this.lastTop : scrollTop / this.rowHeight
    return Math.min(Math.max(0, top), this.lastTop)
  }

  scrollTopOf(top: number): number {
    const range = this.height - this.viewport
    if (range <= 0 || this.lastTop === 0) return 0
    const clamped = Math.min(Math.max(0, top), this.lastTop)
    return this.scaled ? (clamped / this.lastTop) * range : clamped * this.rowHeight
  }

  /** At most so many rows are drawn at once, however many there are. */
  get most(): number {
    return Math.ceil(this.viewport / this.rowHeight) + 1
  }

  /** The first row to draw and how many there are. */
  window(top: number): { from: number; count: number } {
    const from = Math.floor(top)
    const count = Math.min(this.most, this.total - from)
    return { from, count: Math.max(0, count) }
  }
}
