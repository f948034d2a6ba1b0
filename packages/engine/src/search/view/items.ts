import type { Gap } from '@playhead/shared/model/gap'
import { compareSeqs } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { SeqList } from '../scan/seq-list'
import type { GapRows } from './gap-rows'

/** An event in the list. */
export interface EventItem {
  seq: number
  /**
   * The group of `count` like events up to the one with seq `last`. When it is closed, this item stands for all of them; when it is `open`,
   * this item is the first and the others follow as items of their own.
   */
  repeats?: { count: number; last: number; open: boolean }
}

/** What stands at one place of the list: an event, a gap (`producer` is a code, `time` session ms), or a payload line. */
export type ViewItem = EventItem | { gap: Gap; producer: number; time: number } | LineItem

/** Room for one line of an unfolded event's payload. */
export interface LineItem {
  /** seq of the event. */
  lineOf: number
  /** Number of the line, from 0. */
  line: number
}

/** A list of events and gaps in some order. Places count from 0. */
export interface ListItems {
  readonly length: number
  /** What stands at a place below `length`. */
  itemAt(index: number): ViewItem
  /** Place of the event, or of the item that stands for it; -1 when it is not in the list. */
  indexOf(seq: number): number
  /** As `indexOf`; where the event is not in the list, the place of the next one in shown order. -1: the list is empty. */
  placeOf(seq: number): number
}

/** The same list with its last item first. */
export function reversed(items: ListItems): ListItems {
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

/**
 * The events of a scan and the gaps between them, by time. `list` and `gaps` are called at every access, since the view replaces both when
 * a second scan takes the first one's place.
 */
export function itemsByTime(reader: LogReader, list: () => SeqList, gaps: () => GapRows): ListItems {
  return {
    get length() {
      return list().length + gaps().count
    },
    itemAt(index) {
      const item = gaps().itemAt(index)
      if (typeof item === 'number') return { seq: list().at(item) }
      const { gap, key } = item
      return { gap, producer: key.producer, time: Number.isFinite(key.time) ? key.time : 0 }
    },
    indexOf(seq) {
      const index = list().indexOf(seq)
      return index < 0 ? -1 : gaps().itemIndex(index)
    },
    placeOf(seq) {
      const { length } = list()
      if (length === 0) return -1
      const before = list().countWhile(other => compareSeqs(reader, other, seq) < 0)
      return gaps().itemIndex(Math.min(before, length - 1))
    },
  }
}
