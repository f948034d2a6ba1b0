import type { ViewSpec, ViewStatus } from '../../contract/view'
import { chunkAt, compareSeqs } from '../../log/order'
import type { LogChange, LogReader } from '../../log/reader'
import { nextTask } from '../../tasks/next-task'
import type { FoundEvents } from '../density/density-matches'
import { nearestInTime } from '../density/density-nearest'
import { LiveScan } from '../scan/live-scan'
import type { RegexRunner } from '../terms/regex-runner'
import { GapRows } from './gap-rows'
import { Grouped } from './grouped'
import { itemsByTime, type ListItems, reversed, type ViewItem } from './items'
import { Sorted } from './sorted'
import { MOST_LINES, MOST_UNFOLDED, Unfolded } from './unfolded'

/** ms of work before other tasks of the worker get their turn. */
const SLICE = 8

/**
 * One filter over one session, kept up to date while the log changes. Scanning happens in slices; `changed` is called after each one
 * that moved something, and once when the scan ends.
 */
export class View {
  version = 0
  private readonly scan: LiveScan
  private gaps: GapRows
  private running = false
  private closed = false
  private readonly stopListening: () => void
  private readonly byTime: ListItems
  private readonly items: Unfolded
  private readonly sorted: Sorted | undefined
  private readonly grouped: Grouped | undefined
  /** The list changed since it was sorted last. */
  private unsorted = true
  private readonly openGroups = new Set<number>()
  /** Lines below the events that are unfolded, by seq. */
  private readonly lines = new Map<number, number>()
  /** seq whose place is told. */
  anchor: number

  constructor(
    readonly id: number,
    readonly reader: LogReader,
    private readonly spec: ViewSpec,
    regex: RegexRunner | undefined,
    private readonly changed: () => void,
  ) {
    this.scan = new LiveScan(reader, spec.filter, regex, {
      moved: from => this.moved(from),
      replaced: () => {
        this.gaps = this.placeGaps()
        this.rearrange(0)
      },
    })
    this.gaps = this.placeGaps()
    this.anchor = spec.anchor ?? -1
    const { sort, group } = spec
    this.byTime = itemsByTime(
      reader,
      () => this.scan.shown.list,
      () => this.gaps,
    )
    let items = this.byTime
    if (sort && sort.by !== 'time') {
      const moved = () => {
        this.moveItems()
        this.grouped?.invalidate(0)
      }
      const sorted = () => {
        moved()
        this.changed()
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
    this.stopListening = reader.onChange(change => this.onChange(change))
  }

  /** Does the first slice at once; the rest follows by itself. */
  start(): void {
    void this.run()
  }

  close(): void {
    this.closed = true
    this.scan.close()
    this.sorted?.close()
    this.stopListening()
  }

  get done(): boolean {
    return this.scan.done && (!this.sorted || (this.sorted.done && !this.unsorted))
  }

  get length(): number {
    this.evict()
    return this.items.length
  }

  itemAt(index: number): ViewItem {
    this.evict()
    return this.items.itemAt(index)
  }

  /** Item index of the event, -1 when it is not in the view. */
  locate(seq: number): number {
    this.evict()
    return this.isThere(seq) ? this.items.indexOf(seq) : -1
  }

  /** Its events by time, whatever its order is. */
  get found(): FoundEvents {
    this.evict()
    return { reader: this.reader, list: this.scan.shown.list }
  }

  /** seq of the event nearest in time, -1 where there is none. */
  nearest(time: number): number {
    this.evict()
    return nearestInTime(this.reader, this.scan.shown.list, time)
  }

  /** The event next to `seq` by time, around the ends; -1: there is none. */
  next(seq: number, step: 1 | -1): number {
    this.evict()
    const { list } = this.scan.shown
    const { length } = list
    if (length === 0) return -1
    if (seq < 0) return list.at(step > 0 ? 0 : length - 1)
    const before = list.countWhile(other => compareSeqs(this.reader, other, seq) < 0)
    const here = before < length && list.at(before) === seq
    const index = step > 0 ? before + (here ? 1 : 0) : before - 1
    return list.at((index + length) % length)
  }

  openGroup(seq: number, open: boolean): void {
    if (open) this.openGroups.add(seq)
    else this.openGroups.delete(seq)
    this.moveItems()
    this.grouped?.invalidate(0)
    this.changed()
  }

  /** Makes room for so many lines below the event; 0: folds it. */
  unfold(seq: number, lines: number): void {
    this.lines.delete(seq)
    if (lines > 0 && this.lines.size < MOST_UNFOLDED) this.lines.set(seq, linesWithin(lines))
    this.moveItems()
    this.changed()
  }

  /** seqs of the events at these places, a closed group as all of its events. */
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

  private isThere(seq: number): boolean {
    return seq >= this.reader.firstSeq && seq < this.reader.endSeq
  }

  status(): ViewStatus {
    const length = this.length
    let total = 0
    for (const chunk of this.reader.chunks) total += chunk.count - chunk.firstRow
    return {
      view: this.id,
      session: this.reader.session.id,
      version: this.version,
      scanned: this.done ? total : Math.min(this.scan.latest.scanned, total),
      total,
      matched: this.scan.shown.list.length,
      gaps: this.gaps.count,
      items: length,
      anchorSeq: this.anchor,
      anchor: this.anchor >= 0 ? this.items.placeOf(this.anchor) : -1,
      done: this.done,
      firstTime: length > 0 ? this.timeAt(0) : 0,
      lastTime: length > 0 ? this.timeAt(length - 1) : 0,
      problem: this.scan.latest.problem,
    }
  }

  private timeAt(index: number): number {
    const item = this.itemAt(index)
    if ('gap' in item) return item.time
    const seq = 'seq' in item ? item.seq : item.lineOf
    const chunk = chunkAt(this.reader, seq)
    return chunk?.time[seq - chunk.firstSeq] ?? 0
  }

  private placeGaps(): GapRows {
    return new GapRows(this.reader, this.scan.shown.list, this.spec.filter)
  }

  private onChange(change: LogChange): void {
    if (change.t === 'gaps') {
      this.gaps.reload()
      this.rearrange(0)
    } else if (change.t === 'changed') {
      this.version++
      if (this.spec.sort?.by === 'duration') this.unsorted = true
    }
    if (this.scan.shown.filter.changes.has(change.t)) this.scan.startAgain()
    if (!this.running) {
      this.running = true
      void nextTask().then(() => {
        this.running = false
        return this.run()
      })
    }
  }

  private evict(): void {
    if (!this.scan.evict()) return
    this.gaps.invalidate(0)
    // Gaps that stood among what has gone now come first: their places changed too.
    this.rearrange(0)
  }

  private moved(from: number): void {
    this.gaps.invalidate(from)
    this.rearrange(this.gaps.itemIndex(from))
  }

  /** ListItems from this place on may be others now. */
  private rearrange(from: number): void {
    this.moveItems()
    this.unsorted = true
    if (!this.sorted?.isSorted) this.grouped?.invalidate(from)
  }

  private moveItems(): void {
    this.version++
    this.items?.invalidate()
  }

  private async run(): Promise<void> {
    if (this.running || this.closed) return
    this.running = true
    try {
      let until = performance.now() + SLICE
      let untold = false
      while (!this.closed) {
        this.evict()
        const worked = this.scan.step()
        if (worked === 'idle') break
        if (worked === 'tested') {
          untold = true
          if (performance.now() < until) continue
        }
        // Before it waits, for text or for another worker, it says what it has.
        if (untold) this.changed()
        untold = false
        await (worked === 'tested' ? nextTask() : worked)
        until = performance.now() + SLICE
      }
    } finally {
      this.running = false
    }
    if (this.closed) return
    if (this.unsorted && this.sorted) {
      this.unsorted = false
      this.sorted.invalidate()
    }
    this.changed()
  }
}

function linesWithin(lines: number): number {
  return Math.min(MOST_LINES, Math.max(1, Math.trunc(lines) || 1))
}
