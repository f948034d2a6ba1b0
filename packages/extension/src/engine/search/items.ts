import type { Gap } from '@playhead/shared/model/gap'

/** `repeats`: how many of the same kind it stands for, or is the first of. */
export interface EventItem {
  seq: number
  repeats?: { count: number; last: number; open: boolean }
}
/** What stands at one place of the list. */
export type ViewItem = EventItem | { gap: Gap; producer: number; time: number }

/** A list of events and gaps in some order. */
export interface Items {
  readonly length: number
  itemAt(index: number): ViewItem
  /** Place of the event, or of the item that stands for it; -1 when it is not in the list. */
  indexOf(seq: number): number
  /** As `indexOf`; where the event is not in the list, the place of the next one in shown order. -1: the list is empty. */
  placeOf(seq: number): number
}

/** The same, last first. */
export function reversed(items: Items): Items {
  return {
    get length() {
      return items.length
    },
    itemAt: index => items.itemAt(items.length - 1 - index),
    indexOf(seq) {
      const index = items.indexOf(seq)
      return index < 0 ? -1 : items.length - 1 - index
    },
    placeOf(seq) {
      const index = items.placeOf(seq)
      return index < 0 ? -1 : items.length - 1 - index
    },
  }
}
