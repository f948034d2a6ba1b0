import type { Gap } from '@playhead/shared/model/gap'
import type { ViewSpec, ViewStatus } from '../contract'
import type { LogChange, LogReader } from '../log/reader'
import { GapRows } from './gap-rows'
import { nextTask } from './next-task'
import { chunkAt } from './order'
import { Scan, type Stretch } from './scan'

/** ms of work before other tasks of the worker get their turn. */
const SLICE = 8

/** What stands at one place of the list. */
export type ViewItem = { seq: number } | { gap: Gap; producer: number; time: number }

/**
 * One filter over one session, kept up to date while the log changes. Scanning happens in slices; `changed` is called after each one
 * that moved something, and once when the scan ends.
 */
export class View {
  version = 0
  private scan: Scan
  private gaps: GapRows
  /** Replaces `scan` once it is done: a late fact can make any event match, and the list must not blink meanwhile. */
  private rescan: Scan | undefined
  private rescanAgain = false
  private running = false
  private closed = false
  /** A stretch whose tests are being prepared elsewhere, for this scan. */
  private prepared: { scan: Scan; stretch: Stretch } | undefined
  private loaded: { firstSeq: number; text: Uint8Array | undefined } | undefined
  private readonly stopListening: () => void

  constructor(
    readonly id: number,
    readonly reader: LogReader,
    private readonly spec: ViewSpec,
    private readonly changed: () => void,
  ) {
    this.scan = new Scan(reader, spec.filter)
    this.gaps = this.placeGaps()
    this.stopListening = reader.onChange(change => this.onChange(change))
  }

  /** Does the first slice at once; the rest follows by itself. */
  start(): void {
    void this.run()
  }

  close(): void {
    this.closed = true
    this.stopListening()
  }

  get done(): boolean {
    return this.scan.done && !this.rescan
  }

  get length(): number {
    this.evict()
    return this.scan.list.length + this.gaps.count
  }

  itemAt(index: number): ViewItem {
    this.evict()
    const item = this.gaps.itemAt(index)
    if (typeof item === 'number') return { seq: this.scan.list.at(item) }
    return { gap: item.gap, producer: item.key.producer, time: Number.isFinite(item.key.time) ? item.key.time : 0 }
  }

  /** Item index of the event, -1 when it is not in the view. */
  locate(seq: number): number {
    this.evict()
    if (seq < this.reader.firstSeq || seq >= this.reader.endSeq) return -1
    const index = this.scan.list.indexOf(seq)
    return index < 0 ? -1 : this.gaps.itemIndex(index)
  }

  status(): ViewStatus {
    const length = this.length
    let total = 0
    for (const chunk of this.reader.chunks) total += chunk.count - chunk.firstRow
    return {
      view: this.id,
      session: this.reader.session.id,
      version: this.version,
      scanned: this.done ? total : Math.min((this.rescan ?? this.scan).scanned, total),
      total,
      matched: this.scan.list.length,
      gaps: this.gaps.count,
      done: this.done,
      firstTime: length > 0 ? this.timeAt(0) : 0,
      lastTime: length > 0 ? this.timeAt(length - 1) : 0,
      problem: (this.rescan ?? this.scan).problem,
    }
  }

  private timeAt(index: number): number {
    const item = this.itemAt(index)
    if ('gap' in item) return item.time
    const chunk = chunkAt(this.reader, item.seq)
    return chunk?.time[item.seq - chunk.firstSeq] ?? 0
  }

  private placeGaps(): GapRows {
    const { from, to } = timeBounds(this.spec.filter)
    return new GapRows(this.reader, this.scan.list, from, to)
  }

  private onChange(change: LogChange): void {
    const { reads } = this.scan.filter
    if (change.t === 'gaps') {
      this.gaps.reload()
      this.version++
      if (reads.has('gaps')) this.startAgain()
    } else if (change.t === 'changed') {
      this.version++
      if (reads.has('flags')) this.startAgain()
    }
    if (!this.running) {
      this.running = true
      void nextTask().then(() => {
        this.running = false
        return this.run()
      })
    }
  }

  private startAgain(): void {
    if (this.rescan) this.rescanAgain = true
    else this.rescan = new Scan(this.reader, this.spec.filter)
  }

  private evict(): void {
    this.rescan?.evict()
    if (!this.scan.evict()) return
    this.moved(0)
  }

  private moved(from: number): void {
    this.version++
    this.gaps.invalidate(from)
  }

  private async run(): Promise<void> {
    if (this.running || this.closed) return
    this.running = true
    try {
      let until = performance.now() + SLICE
      while (!this.closed) {
        const worked = this.step()
        if (worked === 'idle') break
        if (worked !== 'tested') await worked
        else if (performance.now() < until) continue
        else {
          this.changed()
          await nextTask()
        }
        until = performance.now() + SLICE
      }
    } finally {
      this.running = false
    }
    if (!this.closed) this.changed()
  }

  /** Tests one stretch, or finds nothing left to test, or has text to wait for first. */
  private step(): 'tested' | 'idle' | Promise<void> {
    this.evict()
    const scan = this.rescan ?? this.scan
    const stretch = this.preparedFor(scan) ?? scan.next()
    if (!stretch) return this.swap() ? 'tested' : 'idle'
    const { chunk } = stretch
    let text: Uint8Array | undefined
    if (scan.select(stretch)) {
      text = chunk.text
      if (!text && this.loaded?.firstSeq !== chunk.firstSeq) return this.load(stretch.chunk)
      text ??= this.loaded?.text
      const preparing = scan.prepare(stretch, text)
      if (preparing) {
        this.prepared = { scan, stretch }
        return preparing
      }
    }
    this.prepared = undefined
    const length = scan.list.length
    const from = scan.test(stretch, text)
    if (scan === this.scan && scan.list.length !== length) this.moved(from)
    if (scan === this.scan && !this.rescan && scan.stale) this.startAgain()
    return 'tested'
  }

  /** The chunk may have grown meanwhile: what was prepared is tested as it was. */
  private preparedFor(scan: Scan): Stretch | undefined {
    const { prepared } = this
    if (!prepared || prepared.scan !== scan) return undefined
    const { chunk, from } = prepared.stretch
    return from >= chunk.firstRow && this.reader.chunks.includes(chunk) ? prepared.stretch : undefined
  }

  private async load(chunk: Parameters<LogReader['loadText']>[0]): Promise<void> {
    const text = await this.reader.loadText(chunk).catch(() => undefined)
    this.loaded = { firstSeq: chunk.firstSeq, text }
  }

  /** A finished rescan becomes the list. */
  private swap(): boolean {
    if (!this.rescan) {
      this.loaded = undefined
      return false
    }
    this.scan = this.rescan
    this.gaps = this.placeGaps()
    this.rescan = this.rescanAgain ? new Scan(this.reader, this.spec.filter) : undefined
    this.rescanAgain = false
    this.version++
    return true
  }
}

/** Gaps outside of what the filter asks for are not shown. */
function timeBounds({ all = [] }: ViewSpec['filter']): { from: number; to: number } {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  for (const { not, any } of all) {
    const [only] = any
    if (not || any.length !== 1) continue
    if (only?.key === 'after') from = Math.max(from, only.time)
    if (only?.key === 'before') to = Math.min(to, only.time)
  }
  return { from, to }
}
