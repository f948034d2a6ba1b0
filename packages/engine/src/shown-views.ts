import type { Filter } from '@playhead/shared/filter/filter'
import type {
  EngineApi,
  EngineNotice,
  ExtraColumn,
  MatchDensity,
  MatchRequest,
  RowPage,
  ViewSpec,
  ViewStatus,
} from './contract/engine'
import type { LogReader } from './log/reader'
import { MatchCounter } from './search/density/density-matches'
import { Finder } from './search/view/finder'
import { createViews } from './search/view/views'
import { SessionReads } from './session-reads'

type ViewCalls =
  | 'setView'
  | 'rows'
  | 'setAnchor'
  | 'find'
  | 'findNext'
  | 'openGroup'
  | 'unfold'
  | 'seqs'
  | 'locate'
  | 'matchDensity'
  | 'nearest'

/** What the panel looks at: the rows of one session, and what is looked for among them. */
export abstract class ShownViews extends SessionReads implements Pick<EngineApi, ViewCalls> {
  /** The session that is shown; null: the live one. */
  protected viewed: string | null = null
  protected shown: LogReader | undefined
  private setting: Promise<unknown> = Promise.resolve()
  private readonly views = createViews(view => this.tell({ t: 'view', view }))
  private readonly finder = new Finder(found => this.tell({ t: 'found', found }))
  private readonly matches = new MatchCounter()

  protected abstract liveLog(): LogReader | undefined
  protected abstract tell(notice: EngineNotice): void

  /** One after the other: a session that opens slowly must not take the place of what was chosen after it. */
  setView(spec: ViewSpec): Promise<ViewStatus> {
    return this.inOrder(() => this.show(spec))
  }

  rows(view: number, from: number, count: number, columns?: readonly ExtraColumn[]): Promise<RowPage> {
    return this.meter.measure(async () => this.finder.mark(await this.views.rows(view, from, count, columns)))
  }

  async setAnchor(view: number, seq: number): Promise<void> {
    this.views.setAnchor(view, seq)
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
    this.views.openGroup(view, seq, open)
  }

  async unfold(view: number, seq: number, lines: number): Promise<ViewStatus | null> {
    return this.views.unfold(view, seq, lines)
  }

  async seqs(view: number, from: number, to: number): Promise<number[]> {
    return this.views.seqs(view, from, to)
  }

  async locate(view: number, seq: number): Promise<number> {
    return this.views.locate(view, seq)
  }

  async matchDensity(request: MatchRequest): Promise<MatchDensity | null> {
    const { view } = request
    return this.matches.count(request, () => (view === 'found' ? this.finder.found() : this.views.found(view)))
  }

  async nearest(view: number, time: number): Promise<number> {
    return this.views.nearest(view, time)
  }

  protected get searching(): boolean {
    return this.views.busy || this.finder.busy
  }

  /** Another session is the live one. */
  protected followLive(): void {
    const log = this.liveLog() ?? null
    this.finder.follow(log)
    if (this.viewed !== null) return
    this.shown = log ?? undefined
    this.tell({ t: 'view', view: this.views.follow(log) })
  }

  protected disposeViews(): void {
    this.views.dispose()
    this.finder.dispose()
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.setting.then(work)
    this.setting = done.catch(() => undefined)
    return done
  }

  private async show(spec: ViewSpec): Promise<ViewStatus> {
    this.viewed = spec.session
    this.shown = await this.readerOf(spec.session)
    return this.views.setView(this.shown ?? null, spec)
  }

  private async readerOf(session: string | null): Promise<LogReader | undefined> {
    return session === null ? this.liveLog() : this.open(session)
  }
}
