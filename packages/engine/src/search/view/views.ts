import type { ExtraColumn, RowPage, ViewSpec, ViewStatus } from '../../contract/engine'
import type { LogReader } from '../../log/reader'
import { Throttle } from '../../tasks/throttle'
import type { Found } from '../density/density-matches'
import { readPage } from './rows'
import { View } from './view'

/** The one view the panel looks at. */
export interface Views {
  /** Replaces the view; the pending work of the old one is dropped. `reader` null: there is no session yet. */
  setView(reader: LogReader | null, spec: ViewSpec): ViewStatus
  /** The same view (same number, same filter) over another session's log: a view of "the live session" when that changes. */
  follow(reader: LogReader | null): ViewStatus
  /** Empty with version -1 when `view` is not the current view any more. */
  rows(view: number, from: number, count: number, columns?: readonly ExtraColumn[]): Promise<RowPage>
  setAnchor(view: number, seq: number): void
  openGroup(view: number, seq: number, open: boolean): void
  /** Null: `view` is not the current one. */
  unfold(view: number, seq: number, lines: number): ViewStatus | null
  seqs(view: number, from: number, to: number): number[]
  /** The event of the view next to this one by time, around the ends; -1: there is none. */
  next(view: number, seq: number, step: 1 | -1): number
  /** Item index of an event; -1 when it is not in the view. */
  locate(view: number, seq: number): number
  /** seq of the event nearest in time; -1: there is none. */
  nearest(view: number, time: number): number
  /** The events of the view; undefined: it is not the current one. */
  found(view: number): Found | undefined
  /** A scan is under way. */
  readonly busy: boolean
  dispose(): void
}

const MOST_SEQS = 100_000
/** ms between two notices of the same view; and where so many events came since the last one that nobody reads them as they pass. */
const NOTICE_INTERVAL = 70
const FLOOD_INTERVAL = 150
const FLOOD = 2000

/** `notify` is called when rows may have moved, at most about 15 times a second and once more when a scan ends. */
export function createViews(notify: (status: ViewStatus) => void): Views {
  let id = 0
  let version = 0
  let spec: ViewSpec = { session: null, filter: {} }
  let view: View | undefined
  let doneSent = false

  let toldTo = 0
  const throttle = new Throttle(
    () => ((view?.reader.endSeq ?? 0) - toldTo > FLOOD ? FLOOD_INTERVAL : NOTICE_INTERVAL),
    () => {
      const status = statusNow()
      doneSent = status.done
      toldTo = view?.reader.endSeq ?? 0
      notify(status)
    },
  )

  function statusNow(): ViewStatus {
    if (view) return view.status()
    return {
      view: id,
      session: null,
      version,
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

  function show(reader: LogReader | null): ViewStatus {
    throttle.stop()
    if (view) {
      version = view.version + 1
      view.close()
    }
    let starting = true
    const next = reader
      ? new View(id, reader, spec, () => {
          if (starting) return
          if (!doneSent && next?.done) throttle.now()
          else throttle.request()
        })
      : undefined
    view = next
    if (next) next.version = version
    next?.start()
    starting = false
    const status = statusNow()
    doneSent = status.done
    return status
  }

  return {
    setView(reader, wanted) {
      id++
      spec = wanted
      return show(reader)
    },
    follow(reader) {
      // These are events of another session.
      const { unfolded: _, ...rest } = spec
      spec = rest
      return show(reader)
    },
    async rows(wanted, from, count, columns = []) {
      if (wanted !== id || !view) return { view: wanted, version: wanted === id ? version : -1, from, items: [] }
      return readPage(view, from, count, columns)
    },
    locate(wanted, seq) {
      return wanted === id && view ? view.locate(seq) : -1
    },
    nearest(wanted, time) {
      return wanted === id && view ? view.nearest(time) : -1
    },
    setAnchor(wanted, seq) {
      if (wanted === id && view) view.anchor = seq
    },
    openGroup(wanted, seq, open) {
      if (wanted === id) view?.openGroup(seq, open)
    },
    unfold(wanted, seq, lines) {
      if (wanted !== id || !view) return null
      view.unfold(seq, lines)
      return view.status()
    },
    seqs(wanted, from, to) {
      return wanted === id && view ? view.seqsAt(from, to, MOST_SEQS) : []
    },
    next(wanted, seq, step) {
      return wanted === id && view ? view.next(seq, step) : -1
    },
    found(wanted) {
      return wanted === id ? view?.found : undefined
    },
    get busy() {
      return view !== undefined && !view.done
    },
    dispose() {
      throttle.stop()
      view?.close()
      view = undefined
    },
  }
}
