import type { Filter } from '@playhead/shared/filter/filter'
import type { LogReader } from '../../log/reader'
import type { RegexRunner } from '../terms/regex-runner'
import { Scan, type Stretch } from './scan'
import { TextsAhead } from './texts-ahead'

/** What one step did: it tested a stretch, found nothing left to test, or gives a promise to await before the next step. */
export type Step = 'tested' | 'idle' | Promise<void>

export interface LiveScanEvents {
  /** The list that is shown changed at index `from` or behind it. */
  moved(from: number): void
  /** The second scan is over: its list is the one that is shown now. */
  replaced(): void
}

/**
 * A scan that stays right while facts arrive late (a duration, a flag, a gap that closes). Any event may match then that did not before,
 * so everything is tested a second time, beside the list that is shown: the second scan takes the first one's place when it is over, and
 * the list does not blink meanwhile.
 *
 *     scan ──────────────── shown ─────────────────┐
 *            late fact → rescan ── steps ── over ──┴→ scan
 *                          late fact meanwhile → one more rescan after it
 */
export class LiveScan {
  private scan: Scan
  private rescan: Scan | undefined
  private rescanAgain = false
  /** The stretch whose tests are being prepared in another thread, and the scan that selected it. */
  private prepared: { scan: Scan; stretch: Stretch } | undefined
  private readonly texts: TextsAhead

  constructor(
    private readonly reader: LogReader,
    private readonly filter: Filter,
    private readonly regex: RegexRunner | undefined,
    private readonly events: LiveScanEvents,
  ) {
    this.scan = this.begin()
    this.texts = new TextsAhead(reader, (chunk, payloads) => this.latest.mayHold(chunk, payloads))
  }

  /** The scan whose list is shown. */
  get shown(): Scan {
    return this.scan
  }

  /** The scan that knows most: the second one, while there is one. */
  get latest(): Scan {
    return this.rescan ?? this.scan
  }

  /** Every event was tested, and none needs to be tested again. */
  get done(): boolean {
    return this.scan.done && !this.rescan
  }

  /** Tests everything again, or once more after the second scan that is under way. */
  startAgain(): void {
    if (this.rescan) this.rescanAgain = true
    else this.rescan = this.begin()
  }

  /** Takes evicted events out of the lists and returns whether the shown one changed. Call it before that list is read. */
  evict(): boolean {
    this.rescan?.evict()
    return this.scan.evict()
  }

  /** Takes one step of a few ms. Call it again at once after `tested`, when its promise resolves, or after `idle` when the log changed. */
  step(): Step {
    const scan = this.latest
    const stretch = this.preparedFor(scan) ?? scan.next()
    if (!stretch) return this.swap() ? 'tested' : 'idle'
    const { chunk } = stretch
    let text: Uint8Array | undefined | null
    if (scan.select(stretch)) {
      text = chunk.text
      if (!text) {
        const loaded = this.texts.get(chunk, count => scan.ahead(stretch, count))
        if (loaded instanceof Promise) return loaded
        text = loaded.text
      }
      const preparing = text === null ? undefined : scan.prepare(stretch, text)
      if (preparing) {
        this.prepared = { scan, stretch }
        return preparing
      }
    }
    this.prepared = undefined
    const length = scan.list.length
    const from = scan.test(stretch, text)
    if (scan === this.scan && scan.list.length !== length) this.events.moved(from)
    if (scan === this.scan && !this.rescan && scan.stale) this.startAgain()
    return 'tested'
  }

  /** Drops work that runs elsewhere for this scan; no step follows. */
  close(): void {
    this.scan.close()
    this.rescan?.close()
  }

  private begin(): Scan {
    return new Scan(this.reader, this.filter, this.regex)
  }

  /** The prepared stretch, unless its rows were evicted. Its chunk may have grown meanwhile, but only the prepared rows are tested. */
  private preparedFor(scan: Scan): Stretch | undefined {
    const { prepared } = this
    if (!prepared || prepared.scan !== scan) return undefined
    const { chunk, from } = prepared.stretch
    return from >= chunk.firstRow && this.reader.chunks.includes(chunk) ? prepared.stretch : undefined
  }

  /** Shows the second scan's list if there is one. Returns false when there is nothing left to do. */
  private swap(): boolean {
    if (!this.rescan) {
      if (this.scan.stale) this.startAgain()
      else this.texts.clear()
      return this.rescan !== undefined
    }
    this.scan = this.rescan
    this.rescan = this.rescanAgain ? this.begin() : undefined
    this.rescanAgain = false
    this.events.replaced()
    return true
  }
}
