import type { ViewSpec, ViewStatus } from '../../contract/view'
import { chunkAt, compareSeqs } from '../../log/order'
import type { LogChange, LogReader } from '../../log/reader'
import { nextTask } from '../../tasks/next-task'
import type { FoundEvents } from '../density/density-matches'
import { nearestInTime } from '../density/density-nearest'
import { LiveScan } from '../scan/live-scan'
import type { RegexRunner } from '../terms/regex-runner'
import type { ViewItem } from './items'
import { ListLayers } from './list-layers'

/** ms of work after which other tasks of the thread get their turn. */
const SLICE = 8

/**
 * One filter over one session's log, as a list of rows that is kept up to date while the log changes.
 *
 *     log ── onChange ──▶ View.onChange: what does the change touch?
 *                           gaps        ListLayers places them again
 *                           late facts  LiveScan tests all events again, if the filter reads what changed
 *                           any change  run() begins in the next task
 *
 *     run():  ┌▶ evict ─▶ LiveScan.step ─┬─ tested, below 8 ms of work ─────────────────────────┐
 *             │                          ├─ tested, 8 ms used up ─▶ changed() ─▶ next task ─────┤
 *             │                          ├─ waits for text or an expression ─▶ changed() ─▶ it ─┤
 *             │                          └─ idle ─▶ sort, if it must ─▶ changed(), end          │
 *             └─────────────────────────────────────────────────────────────────────────────────┘
 *
 * The scan finds the matching seqs, by time. `ListLayers` turns them into items: with gaps, sorted, grouped, unfolded. Readers ask by
 * place (`itemAt`) or by event (`locate`) at any moment, also in the middle of a scan; they see what was found so far. `changed` is called
 * after each slice that moved something and when a run ends. The user reads rows by place, so `version` counts up whenever a place may
 * hold something else, and the panel then reads its rows again.
 */
export class View {
  /** Counts up whenever items may stand at other places or look different. */
  version = 0
  private readonly scan: LiveScan
  private readonly layers: ListLayers
  private running = false
  private closed = false
  private readonly stopListening: () => void
  /** seq of the event whose place every status tells, so that the panel can keep it in sight; -1 where there is none. */
  anchor: number

  constructor(
    readonly id: number,
    readonly reader: LogReader,
    spec: ViewSpec,
    regex: RegexRunner | undefined,
    private readonly changed: () => void,
  ) {
    this.scan = new LiveScan(reader, spec.filter, regex, {
      moved: from => this.layers.matchesMoved(from),
      replaced: () => this.layers.matchesReplaced(),
    })
    this.layers = new ListLayers(reader, spec, () => this.scan.shown.list, {
      moved: () => {
        this.version++
      },
      changed,
    })
    this.anchor = spec.anchor ?? -1
    this.stopListening = reader.onChange(change => this.onChange(change))
  }

  /** Runs the first slice of the scan at once; the others follow by themselves. */
  start(): void {
    void this.run()
  }

  /** Ends the scan and stops listening to the log; `changed` is not called any more. */
  close(): void {
    this.closed = true
    this.scan.close()
    this.layers.close()
    this.stopListening()
  }

  /** All events were tested, and the list is in its order. */
  get done(): boolean {
    return this.scan.done && this.layers.inOrder
  }

  /** Items of the list. */
  get length(): number {
    this.evict()
    return this.layers.length
  }

  /** What stands at a place below `length`. */
  itemAt(index: number): ViewItem {
    this.evict()
    return this.layers.itemAt(index)
  }

  /** Place of the event, or of the group that it stands in; -1 when it is not in the view. */
  locate(seq: number): number {
    this.evict()
    return this.isThere(seq) ? this.layers.indexOf(seq) : -1
  }

  /** The view's events by time, whatever the order of its list is. */
  get found(): FoundEvents {
    this.evict()
    return { reader: this.reader, list: this.scan.shown.list }
  }

  /** seq of the view's event nearest to this session time (ms); -1 when the view has no event. */
  nearest(time: number): number {
    this.evict()
    return nearestInTime(this.reader, this.scan.shown.list, time)
  }

  /**
   * seq of the view's event after (`step` 1) or before (-1) event `seq` by time; behind the last one comes the first. `seq` need not be in
   * the view; -1 asks for the first or last event. Returns -1 when the view has no event.
   */
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

  /** Opens or closes the group that begins with event `seq`. */
  openGroup(seq: number, open: boolean): void {
    this.layers.openGroup(seq, open)
    this.changed()
  }

  /** Makes room for so many lines below the event; 0 folds it. */
  unfold(seq: number, lines: number): void {
    this.layers.unfold(seq, lines)
    this.changed()
  }

  /** seqs of the events at places `from … to` (inclusive), a closed group as all of its events; at most `most`. */
  seqsAt(from: number, to: number, most: number): number[] {
    this.evict()
    return this.layers.seqsAt(from, to, most)
  }

  /** Whether the log holds the event. */
  private isThere(seq: number): boolean {
    return seq >= this.reader.firstSeq && seq < this.reader.endSeq
  }

  /** What the panel is told of the view. */
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
      gaps: this.layers.gapCount,
      items: length,
      anchorSeq: this.anchor,
      anchor: this.anchor >= 0 ? this.layers.placeOf(this.anchor) : -1,
      done: this.done,
      firstTime: length > 0 ? this.timeAt(0) : 0,
      lastTime: length > 0 ? this.timeAt(length - 1) : 0,
      problem: this.scan.latest.problem,
    }
  }

  /** Session time (ms) of the item at a place; a line has that of its event. */
  private timeAt(index: number): number {
    const item = this.itemAt(index)
    if ('gap' in item) return item.time
    const seq = 'seq' in item ? item.seq : item.lineOf
    const chunk = chunkAt(this.reader, seq)
    return chunk?.time[seq - chunk.firstSeq] ?? 0
  }

  private onChange(change: LogChange): void {
    if (change.t === 'gaps') this.layers.gapsChanged()
    else if (change.t === 'changed') {
      this.version++
      this.layers.factsChanged()
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

  /** Takes evicted events out, so that no reader sees a place whose event is gone. */
  private evict(): void {
    if (this.scan.evict()) this.layers.matchesEvicted()
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
        // Whoever waits for the view sees what was found before it waits for text or another thread.
        if (untold) this.changed()
        untold = false
        await (worked === 'tested' ? nextTask() : worked)
        until = performance.now() + SLICE
      }
    } finally {
      this.running = false
    }
    if (this.closed) return
    this.layers.sort()
    this.changed()
  }
}
