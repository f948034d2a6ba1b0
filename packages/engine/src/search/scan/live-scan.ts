import type { Filter } from '@playhead/shared/filter/filter'
import type { LogReader } from '../../log/reader'
import type { RegexRunner } from '../terms/regex-runner'
import { Scan, type Stretch } from './scan'
import { TextsAhead } from './texts-ahead'

/** What one step did: tested a stretch, found nothing left to test, or has something to wait for before the next step. */
export type Step = 'tested' | 'idle' | Promise<void>

export interface LiveScanEvents {
  /** The list is another one from this place on. */
  moved(from: number): void
  /** A second scan is over, and its list is the list now. */
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
  /** A stretch whose tests are being prepared elsewhere, for this scan. */
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

  get done(): boolean {
    return this.scan.done && !this.rescan
  }

  /** Tests everything again, or once more after the second scan that is under way. */
  startAgain(): void {
    if (this.rescan) this.rescanAgain = true
    else this.rescan = this.begin()
  }

  /** Takes evicted events out of the list. Returns whether the list changed; call before it is read. */
  evict(): boolean {
    this.rescan?.evict()
    return this.scan.evict()
  }

  /** Tests one stretch, or finds nothing left to test, or has text to wait for first. */
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

  close(): void {
    this.scan.close()
    this.rescan?.close()
  }

  private begin(): Scan {
    return new Scan(this.reader, this.filter, this.regex)
  }

  /** The chunk may have grown meanwhile: what was prepared is tested as it was. */
  private preparedFor(scan: Scan): Stretch | undefined {
    const { prepared } = this
    if (!prepared || prepared.scan !== scan) return undefined
    const { chunk, from } = prepared.stretch
    return from >= chunk.firstRow && this.reader.chunks.includes(chunk) ? prepared.stretch : undefined
  }

  /** A finished second scan becomes the list. */
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
