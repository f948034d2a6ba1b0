import type { ExtraColumn, RowPage, ViewSpec, ViewStatus } from '../../contract/view'
import type { LogReader } from '../../log/reader'
import { Throttle } from '../../tasks/throttle'
import type { RegexRunner } from '../terms/regex-runner'
import { readPage } from './rows'
import { View } from './view'

/** ms between two notices of the same view. */
const NOTICE_INTERVAL = 70
/** ms between two notices while events come too fast to be read. */
const FLOOD_INTERVAL = 150
/** Events since the last notice above which they count as too fast to be read. */
const FLOOD = 2000

/**
 * Holds one view at a time. A view gets a number when its filter is set and keeps the number while it moves from one session's log to
 * another's (a view of "the live session" when that changes), so whoever asks with an older number learns that the view was replaced.
 */
export class CurrentView {
  private id = 0
  private version = 0
  private spec: ViewSpec = { session: null, filter: {} }
  private view: View | undefined
  /** The last notice said that the scan is over. */
  private doneTold = false
  /** `endSeq` of the log at the last notice. */
  private toldTo = 0
  private readonly throttle: Throttle

  /** `notify` is called when rows may have moved, at most about 15 times a second and once more when a scan ends. */
  constructor(
    notify: (status: ViewStatus) => void,
    private readonly regex?: RegexRunner,
  ) {
    this.throttle = new Throttle(
      () => ((this.view?.reader.endSeq ?? 0) - this.toldTo > FLOOD ? FLOOD_INTERVAL : NOTICE_INTERVAL),
      () => {
        const status = this.status()
        this.doneTold = status.done
        this.toldTo = this.view?.reader.endSeq ?? 0
        notify(status)
      },
    )
  }

  /** Replaces the view and drops the pending work of the old one. `reader` is null while there is no session. */
  set(reader: LogReader | null, spec: ViewSpec): ViewStatus {
    this.id++
    this.spec = spec
    return this.show(reader)
  }

  /** Moves the view, with its number and its filter, to another session's log. */
  follow(reader: LogReader | null): ViewStatus {
    // The unfolded events are named by seqs of the session before.
    const { unfolded: _, ...rest } = this.spec
    this.spec = rest
    return this.show(reader)
  }

  /** The view with this number; undefined when it was replaced or has no session. */
  at(number: number): View | undefined {
    return number === this.id ? this.view : undefined
  }

  /** Reads rows of the view with this number, as `readPage`. A view that was replaced gives no rows and version -1. */
  async rows(number: number, from: number, count: number, columns: readonly ExtraColumn[] = []): Promise<RowPage> {
    const view = this.at(number)
    if (view) return readPage(view, from, count, columns)
    return { view: number, version: number === this.id ? this.version : -1, from, items: [] }
  }

  /** A scan, or a sort, is under way. */
  get busy(): boolean {
    return this.view !== undefined && !this.view.done
  }

  dispose(): void {
    this.throttle.stop()
    this.view?.close()
    this.view = undefined
  }

  private status(): ViewStatus {
    if (this.view) return this.view.status()
    return {
      view: this.id,
      session: null,
      version: this.version,
      scanned: 0,
      total: 0,
      matched: 0,
      gaps: 0,
      items: 0,
      anchorSeq: -1,
      anchor: -1,
      done: true,
      firstTime: 0,
      lastTime: 0,
      problem: '',
    }
  }

  private show(reader: LogReader | null): ViewStatus {
    const { throttle } = this
    throttle.stop()
    if (this.view) {
      this.version = this.view.version + 1
      this.view.close()
    }
    let starting = true
    const next = reader
      ? new View(this.id, reader, this.spec, this.regex, () => {
          if (starting) return
          if (!this.doneTold && next?.done) throttle.now()
          else throttle.request()
        })
      : undefined
    this.view = next
    if (next) next.version = this.version
    next?.start()
    starting = false
    const status = this.status()
    this.doneTold = status.done
    return status
  }
}
