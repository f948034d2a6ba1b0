import type { ListItems, ViewItem } from './items'

/** Events that can be unfolded at once, at most. */
export const MOST_UNFOLDED = 100
/** Lines below one event, at most. */
export const MOST_LINES = 200

/** An event with lines below it. */
interface UnfoldedPlace {
  seq: number
  /** Place of the event in the list below, which has no lines. */
  at: number
  lines: number
  /** All lines below the events that stand before this one. */
  before: number
}

/**
 * A list with lines below the events that the user unfolded. Here a line only takes up a place; the panel fills it with payload text.
 *
 *     list below   a b c        b unfolded into 2 lines        a b (line 0) (line 1) c
 */
export class Unfolded implements ListItems {
  /** The unfolded events that are in the list, in the order of `at`; undefined until somebody looks. */
  private known: readonly UnfoldedPlace[] | undefined

  constructor(
    private readonly items: ListItems,
    /** Lines below each unfolded event, by seq. */
    private readonly lines: ReadonlyMap<number, number>,
  ) {}

  /** To be called when the list below changed, or when events were folded or unfolded. */
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

  /** Turns a place of the list below into one of this list; -1 stays -1. */
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
      // In a closed group only the first event can have lines: the item has its seq.
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
