import type { Filter } from '@playhead/shared/filter/filter'
import type { MatchDensity, MatchRequest } from '../contract/density'
import type { EngineNotice } from '../contract/status'
import type { ExtraColumn, RowPage, ViewApi, ViewSpec, ViewStatus } from '../contract/view'
import type { LogReader } from '../log/reader'
import { MatchCounter } from '../search/density/density-matches'
import type { RegexRunner } from '../search/terms/regex-runner'
import { CurrentView } from '../search/view/current-view'
import { Finder } from '../search/view/finder'
import type { Meter } from '../tasks/meter'

/** Number of seqs that one answer has at most. */
const MOST_SEQS = 100_000
/** ms between two looks at a view that is still scanning. */
const WAIT = 50

/** What `EngineView` is handed. */
export interface ViewDelegate {
  /** Returns the log of a session, live or stored; undefined where there is none of that id. */
  open(session: string): Promise<LogReader | undefined>
  /** Returns the log of the live session; undefined where nothing records. */
  live(): LogReader | undefined
  tell(notice: EngineNotice): void
  regex: RegexRunner
  meter: Meter
}

/** Keeps the view that is shown and the search in it, each over one session's log. */
export class EngineView implements ViewApi {
  /** Id of the session that is shown; null where the live one is, whichever that is. */
  viewed: string | null = null
  /** The log of that session; undefined where there is none yet. */
  reader: LogReader | undefined
  private setting: Promise<unknown> = Promise.resolve()
  private readonly current: CurrentView
  private readonly finder: Finder
  private readonly matches = new MatchCounter()

  constructor(private readonly delegate: ViewDelegate) {
    const { tell, regex } = delegate
    this.current = new CurrentView(view => tell({ t: 'view', view }), regex)
    this.finder = new Finder(found => tell({ t: 'found', found }), regex)
  }

  /** Calls run one after the other: a session that opens slowly must not take the place of one that was chosen after it. */
  show(spec: ViewSpec): Promise<ViewStatus> {
    return this.inOrder(async () => {
      this.viewed = spec.session
      this.reader = await this.readerOf(spec.session)
      return this.current.set(this.reader ?? null, spec)
    })
  }

  rows(view: number, from: number, count: number, columns?: readonly ExtraColumn[]): Promise<RowPage> {
    return this.delegate.meter.measure(async () =>
      this.finder.mark(await this.current.rows(view, from, count, columns)),
    )
  }

  async setAnchor(view: number, seq: number): Promise<void> {
    const shown = this.current.at(view)
    if (shown) shown.anchor = seq
  }

  find(session: string | null, filter: Filter | null): Promise<ViewStatus | null> {
    return this.inOrder(async () => {
      const reader = filter ? await this.readerOf(session) : undefined
      return this.finder.look(reader ?? null, filter, session === null)
    })
  }

  async findNext(seq: number, step: 1 | -1): Promise<number> {
    return this.finder.next(seq, step)
  }

  async openGroup(view: number, seq: number, open: boolean): Promise<void> {
    this.current.at(view)?.openGroup(seq, open)
  }

  async unfold(view: number, seq: number, lines: number): Promise<ViewStatus | null> {
    const shown = this.current.at(view)
    shown?.unfold(seq, lines)
    return shown?.status() ?? null
  }

  async seqs(view: number, from: number, to: number): Promise<number[]> {
    return this.current.at(view)?.seqsAt(from, to, MOST_SEQS) ?? []
  }

  /**
   * Resolves with the events of a view once every event was tested, in any order; undefined where the view is gone or of another log.
   */
  async matched(view: number, log: LogReader): Promise<Iterable<number> | undefined> {
    for (;;) {
      const shown = this.current.at(view)
      if (shown?.found.reader !== log) return undefined
      if (shown.status().done) {
        const { list } = shown.found
        return Array.from({ length: list.length }, (_, index) => list.at(index))
      }
      await new Promise(resolve => setTimeout(resolve, WAIT))
    }
  }

  async locate(view: number, seq: number): Promise<number> {
    return this.current.at(view)?.locate(seq) ?? -1
  }

  async nearest(view: number, time: number): Promise<number> {
    return this.current.at(view)?.nearest(time) ?? -1
  }

  async matchDensity(request: MatchRequest): Promise<MatchDensity | null> {
    const { view } = request
    return this.matches.count(request, () => (view === 'found' ? this.finder.found() : this.current.at(view)?.found))
  }

  /** True while the view or the search is scanning. */
  get searching(): boolean {
    return this.current.busy || this.finder.busy
  }

  /** Moves a view of "the live session", and a search in it, to the session that is live now. */
  followLive(): void {
    const log = this.delegate.live() ?? null
    this.finder.follow(log)
    if (this.viewed !== null) return
    this.reader = log ?? undefined
    this.delegate.tell({ t: 'view', view: this.current.follow(log) })
  }

  dispose(): void {
    this.current.dispose()
    this.finder.dispose()
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.setting.then(work)
    this.setting = done.catch(() => undefined)
    return done
  }

  private async readerOf(session: string | null): Promise<LogReader | undefined> {
    return session === null ? this.delegate.live() : this.delegate.open(session)
  }
}
