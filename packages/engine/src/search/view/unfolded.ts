import type { ListItems, ViewItem } from './items'

/** Events that can be unfolded at once, and lines below each of them. */
export const MOST_UNFOLDED = 100
export const MOST_LINES = 200

/** Lines below an event that stands for itself in the list. */
interface UnfoldedPlace {
  seq: number
  /** Item of the event in the list without lines. */
  at: number
  lines: number
  /** Lines below the events before it. */
  before: number
}

/**
 * A list with lines below the events that the user unfolded. What the lines say, the panel knows: here they take their room.
 *
 *     items      a b c        b unfolded into 2 lines:        a b (line 0) (line 1) c
 */
export class Unfolded implements ListItems {
  /** In order of `at`; undefined: something moved. */
  private known: readonly UnfoldedPlace[] | undefined

  constructor(
    private readonly items: ListItems,
    /** Lines by seq. */
    private readonly lines: ReadonlyMap<number, number>,
  ) {}

  /** The list below is another now, or what is unfolded. */
  invalidate(): void {
    this.known = undefined
  }

  get length(): number {
    const last = this.places.at(-1)
    return this.items.length + (last ? last.before + last.lines : 0)
  }

  itemAt(index: number): ViewItem {
    const place = this.places.findLast(({ at, before }) => at + before < index)
    if (!place) return this.items.itemAt(index)
    const { seq, at, before, lines } = place
    const line = index - at - before - 1
    return line < lines ? { lineOf: seq, line } : this.items.itemAt(index - before - lines)
  }

  indexOf(seq: number): number {
    return this.shifted(this.items.indexOf(seq))
  }

  placeOf(seq: number): number {
    return this.shifted(this.items.placeOf(seq))
  }

  private shifted(item: number): number {
    if (item < 0) return -1
    const place = this.places.findLast(({ at }) => at < item)
    return place ? item + place.before + place.lines : item
  }

  private get places(): readonly UnfoldedPlace[] {
    this.known ??= this.find()
    return this.known
  }

  private find(): UnfoldedPlace[] {
    const found: UnfoldedPlace[] = []
    for (const [seq, lines] of this.lines) {
      const at = this.items.indexOf(seq)
      const item = at < 0 ? undefined : this.items.itemAt(at)
      // In a closed group it does not stand for itself.
      if (item && 'seq' in item && item.seq === seq) found.push({ seq, at, lines, before: 0 })
    }
    found.sort((a, b) => a.at - b.at)
    let before = 0
    for (const place of found) {
      place.before = before
      before += place.lines
    }
    return found
  }
}
