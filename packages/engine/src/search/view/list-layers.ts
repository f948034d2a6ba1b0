import type { ViewSpec } from '../../contract/view'
import type { LogReader } from '../../log/reader'
import type { SeqList } from '../scan/seq-list'
import { GapRows } from './gap-rows'
import { Grouped } from './grouped'
import { itemsByTime, type ListItems, reversed, type ViewItem } from './items'
import { Sorted } from './sorted'
import { MOST_LINES, MOST_UNFOLDED, Unfolded } from './unfolded'

export interface ListLayersEvents {
  /** Items may stand at other places now, or be others. */
  moved(): void
  /** The list was sorted in the background: the listener should have it read again. */
  changed(): void
}

/**
 * Turns the matches of a scan into the items of a view's list. Each layer is a list (`ListItems`) over the one below it, and nothing is
 * copied where that can be helped: an item is made when somebody looks at its place.
 *
 *     Unfolded     a b (line) (line) c    room for payload lines below the events that the user unfolded
 *     [reversed]                          where the list is by time, last first
 *     [Grouped]    a ×3, b, gap, a        where equal neighbours stand as one item
 *     [Sorted]                            where the list is sorted by something other than time
 *     itemsByTime  a a a b (gap) a        the matches (`SeqList`) with the gaps (`GapRows`) between them
 *
 * When something changes in a lower layer, those above forget what they know from that place on and find it again when they are asked.
 */
export class ListLayers {
  private gapRows: GapRows
  private readonly byTime: ListItems
  private readonly sorted: Sorted | undefined
  private readonly grouped: Grouped | undefined
  private readonly items: Unfolded
  /** The list changed since it was sorted last. */
  private unsorted = true
  /** First seqs of the groups that the user opened. */
  private readonly openGroups = new Set<number>()
  /** Lines below the events that the user unfolded, by seq. */
  private readonly lines = new Map<number, number>()

  /** `list` gives the matches that are shown now. */
  constructor(
    private readonly reader: LogReader,
    private readonly spec: ViewSpec,
    private readonly list: () => SeqList,
    private readonly events: ListLayersEvents,
  ) {
    this.gapRows = this.placeGaps()
    const { sort, group } = spec
    this.byTime = itemsByTime(reader, list, () => this.gapRows)
    let items = this.byTime
    if (sort && sort.by !== 'time') {
      const moved = () => {
        this.moveItems()
        this.grouped?.invalidate(0)
      }
      const sorted = () => {
        moved()
        events.changed()
      }
      this.sorted = new Sorted(items, reader, sort.by, sort.descending, sorted, moved)
      items = this.sorted
    }
    if (group) {
      this.grouped = new Grouped(items, reader, this.openGroups)
      items = this.grouped
    }
    for (const { seq, lines } of spec.unfolded?.slice(0, MOST_UNFOLDED) ?? []) this.lines.set(seq, linesWithin(lines))
    this.items = new Unfolded(sort?.by === 'time' && sort.descending ? reversed(items) : items, this.lines)
  }

  close(): void {
    this.sorted?.close()
  }

  get length(): number {
    return this.items.length
  }

  itemAt(index: number): ViewItem {
    return this.items.itemAt(index)
  }

  /** Place of the event, or of the group that it stands in; -1 when it is not in the list. */
  indexOf(seq: number): number {
    return this.items.indexOf(seq)
  }

  /** As `indexOf`; where the event is not in the list, the place of the next one in shown order. -1: the list is empty. */
  placeOf(seq: number): number {
    return this.items.placeOf(seq)
  }

  /** How many gaps stand among the items. */
  get gapCount(): number {
    return this.gapRows.count
  }

  /** The list is in the order that was asked for. */
  get inOrder(): boolean {
    return !this.sorted || (this.sorted.done && !this.unsorted)
  }

  /** The matches changed from this index on. */
  matchesMoved(from: number): void {
    this.gapRows.invalidate(from)
    this.rearrange(this.gapRows.itemIndex(from))
  }

  /** Evicted events were taken out of the matches. Gaps that stood among them come first now, so all places may have changed. */
  matchesEvicted(): void {
    this.gapRows.invalidate(0)
    this.rearrange(0)
  }

  /** The matches are another list now. */
  matchesReplaced(): void {
    this.gapRows = this.placeGaps()
    this.rearrange(0)
  }

  /** The log has other gaps now. */
  gapsChanged(): void {
    this.gapRows.reload()
    this.rearrange(0)
  }

  /** Durations or flags of stored events changed. */
  factsChanged(): void {
    if (this.spec.sort?.by === 'duration') this.unsorted = true
  }

  /** Sorts the list, in slices, if it changed since it was sorted last. */
  sort(): void {
    if (!this.unsorted || !this.sorted) return
    this.unsorted = false
    this.sorted.invalidate()
  }

  /** Opens or closes the group that begins with event `seq`. */
  openGroup(seq: number, open: boolean): void {
    if (open) this.openGroups.add(seq)
    else this.openGroups.delete(seq)
    this.moveItems()
    this.grouped?.invalidate(0)
  }

  /** Makes room for so many lines below the event; 0 folds it. */
  unfold(seq: number, lines: number): void {
    this.lines.delete(seq)
    if (lines > 0 && this.lines.size < MOST_UNFOLDED) this.lines.set(seq, linesWithin(lines))
    this.moveItems()
  }

  /** seqs of the events at places `from … to` (inclusive), a closed group as all of its events; at most `most`. */
  seqsAt(from: number, to: number, most: number): number[] {
    const seqs: number[] = []
    for (let index = Math.max(0, from); index <= Math.min(to, this.length - 1) && seqs.length < most; index++) {
      const item = this.itemAt(index)
      if (!('seq' in item)) continue
      if (!item.repeats || item.repeats.open) seqs.push(item.seq)
      else seqs.push(...this.between(item.seq, item.repeats.last, most - seqs.length))
    }
    return seqs
  }

  /** seqs of the events from `first` to `last`, as they stand below the groups; at most `most`. */
  private between(first: number, last: number, most: number): number[] {
    const items = this.sorted ?? this.byTime
    const [from, to] = [items.indexOf(first), items.indexOf(last)]
    const seqs: number[] = []
    for (let index = from; index <= to && seqs.length < most; index++) {
      const item = items.itemAt(index)
      if ('seq' in item) seqs.push(item.seq)
    }
    return seqs
  }

  private placeGaps(): GapRows {
    return new GapRows(this.reader, this.list(), this.spec.filter)
  }

  /** Items from this place of the list by time on may be others now. */
  private rearrange(from: number): void {
    this.moveItems()
    this.unsorted = true
    if (!this.sorted?.isSorted) this.grouped?.invalidate(from)
  }

  private moveItems(): void {
    this.events.moved()
    this.items.invalidate()
  }
}

function linesWithin(lines: number): number {
  return Math.min(MOST_LINES, Math.max(1, Math.trunc(lines) || 1))
}
