import { addClause, withClauses } from '@playhead/shared/filter/edit'
import type { Clause, TermKey } from '@playhead/shared/filter/filter'
import { messageOf } from '@playhead/shared/values/message-of'
import type {
  Annotation,
  ExportFormat,
  ExtraColumn,
  ReplayPlan,
  ReplayRequest,
  Retention,
  Row,
  RowPage,
} from '../../engine/contract'
import type { EngineClient } from '../engine-client'
import { download } from './download'
import type { TimeMode } from './format'
import { forget, save } from './saved'
import { type Dialog, type ImportChoices, newer, type Store, say } from './store'
import { createTableActions } from './table-actions'

/** Everything the user can do, whichever control or key asks for it. */
export function createActions(store: Store, engine: EngineClient) {
  const guard = async (work: Promise<unknown>) => {
    try {
      await work
    } catch (error) {
      store.message.value = { text: messageOf(error), where: '' }
    }
  }
  const show = () => {
    const { filter } = store.parsed.value
    const { value: session } = store.session
    const finding = store.finding.value
    const wanted = finding && filter.all ? filter : null
    void guard(
      engine
        .ask('find', api => api.find(session, wanted))
        .then(found => {
          store.found.value = found && newer(store.found.value, found)
        }),
    )
    return guard(
      engine
        .ask('setView', api =>
          api.setView({
            session,
            filter: finding ? {} : filter,
            sort: store.table.sort.value,
            group: store.table.group.value,
            anchor: store.table.anchor.value,
          }),
        )
        .then(view => {
          store.view.value = newer(store.view.value, view)
        }),
    )
  }

  const select = (seq: number, reveal = false) => {
    store.selected.value = seq
    if (seq < 0) store.table.selection.value = new Set()
    else if (!store.table.selection.value.has(seq)) store.table.selection.value = new Set([seq])
    store.gone.value = false
    const session = store.shown.value?.id
    if (seq < 0 || !session) {
      store.detail.value = null
      return
    }
    if (reveal) store.reveal.value = { seq, at: store.reveal.value.at + 1 }
    void guard(
      engine
        .ask('detail', api => api.detail(session, seq))
        .then(detail => {
          if (store.selected.value !== seq) return
          store.detail.value = detail
          store.gone.value = detail === null
        }),
    )
  }

  const refreshSessions = () =>
    guard(
      engine
        .ask('listSessions', api => api.listSessions())
        .then(sessions => {
          store.sessions.value = sessions
        }),
    )

  /** The event `by` rows from the selected one; the last row where nothing is selected. */
  const move = async (by: number, extend: boolean) => {
    const view = store.view.value
    if (!view) return
    const { items } = view
    const at =
      store.selected.value < 0 ? -1 : await engine.ask('locate', api => api.locate(view.view, store.selected.value))
    let index = at < 0 ? (by > 0 ? 0 : items - 1) : at + by
    index = Math.min(Math.max(0, index), items - 1)
    const step = by < 0 ? -1 : 1
    for (; index >= 0 && index < items; index += step) {
      const row = await rowAt(view.view, index)
      // Another view has taken its place.
      if (!row) return
      if (row.item !== 'event') continue
      if (extend) table.extendTo(row.seq)
      else table.pick(row.seq, 'alone')
      return select(row.seq, true)
    }
  }
  const rowAt = async (view: number, index: number): Promise<Row | undefined> =>
    (await engine.ask('rows', api => api.rows(view, index, 1))).items[0]

  const table = createTableActions(store, engine, { show: () => void show(), select, guard })

  return {
    show,
    select,
    refreshSessions,
    move: (by: number, extend = false) => void guard(move(by, extend)),
    rows: (view: number, from: number, count: number, columns: readonly ExtraColumn[]): Promise<RowPage> =>
      engine.ask('rows', api => api.rows(view, from, count, columns)),
    ...table,
    locate: (view: number, seq: number) => engine.ask('locate', api => api.locate(view, seq)),

    setFilterText(text: string) {
      store.filterText.value = text
      save({ filterText: text })
      void show()
    },
    /** Whether the box filters, or finds among all. */
    setFinding(finding: boolean) {
      store.finding.value = finding
      void show()
    },
    /** Goes to the next or the last match; without looking for something, every row is one. */
    nextMatch(step: 1 | -1) {
      if (!store.found.value) return this.move(step)
      void guard(
        engine
          .ask('findNext', api => api.findNext(store.selected.value, step))
          .then(seq => {
            if (seq >= 0) select(seq, true)
          }),
      )
    },
    /** The event of the selected one's type after or before it. */
    sameType(step: 1 | -1) {
      const { value: event } = store.detail
      const session = store.shown.value?.id
      if (!event || !session) return
      void guard(
        engine
          .ask('neighbour', api => api.neighbour(session, event.seq, step))
          .then(seq => {
            if (seq >= 0) select(seq, true)
          }),
      )
    },
    /** The first event that the selected one caused. */
    firstEffect() {
      const { value: seq } = store.selected
      const session = store.shown.value?.id
      if (seq < 0 || !session) return
      void guard(
        engine
          .ask('relations', api => api.relations(session, seq))
          .then(({ effects: [first] }) => {
            if (store.selected.value !== seq) return
            if (first) select(first.seq, true)
            else say(store, 'Nothing was caused by this event.')
          }),
      )
    },
    /** One more condition. */
    addFilter(clause: Clause) {
      this.setFilterText(addClause(store.filterText.value, clause))
    },
    /** What a control over the filter box says of `keys`, in place of what the box said. */
    setClauses(keys: readonly TermKey[], clauses: readonly Clause[], not: boolean | 'both' = 'both') {
      this.setFilterText(withClauses(store.filterText.value, keys, clauses, not))
    },
    setTimeMode(mode: TimeMode) {
      store.timeMode.value = mode
      save({ timeMode: mode })
    },
    toggleRecording() {
      const recording = store.status.value?.recording ?? true
      void guard(engine.ask('setRecording', api => api.setRecording(!recording)))
    },
    clear() {
      select(-1)
      void guard(engine.ask('newSession', api => api.newSession(true)).then(() => this.openSession(null)))
    },
    openSession(id: string | null) {
      select(-1)
      store.session.value = id
      void show()
      void refreshSessions()
    },
    deleteSession(id: string) {
      void guard(
        engine
          .ask('deleteSession', api => api.deleteSession(id))
          .then(() => {
            if (store.session.value === id) this.openSession(null)
            return refreshSessions()
          }),
      )
    },
    renameSession(id: string, name: string) {
      void guard(engine.ask('renameSession', api => api.renameSession(id, name)).then(refreshSessions))
    },
    annotateSession(id: string, change: Annotation) {
      void guard(engine.ask('annotateSession', api => api.annotateSession(id, change)).then(refreshSessions))
    },
    async setRetention(retention: Retention) {
      save({ retention })
      await guard(engine.ask('setRetention', api => api.setRetention(retention), true))
    },
    wipe() {
      store.dialog.value = 'none'
      select(-1)
      forget()
      store.filter.saved.value = []
      store.filter.recent.value = []
      void guard(engine.ask('wipe', api => api.wipe(), true).then(() => this.openSession(null)))
    },
    async exportSession(format: ExportFormat) {
      const id = store.shown.value?.id
      if (!id) return
      store.message.value = null
      await guard(
        engine
          .ask('exportSession', api => api.exportSession(id, format), true)
          .then(result => {
            if (result.ok) download(result.value.blob, result.value.name)
            else if (result.message !== 'cancelled') {
              store.message.value = { text: `The export failed: ${result.message}`, where: '' }
            }
          }),
      )
    },
    /** One file, or the parts of one session. */
    async importFiles(files: readonly File[], how: ImportChoices = { onDuplicate: 'ask', onBadLine: 'ask' }) {
      const [first] = files
      if (!first) return
      const name = files.length > 1 ? `${files.length} files` : first.name
      store.dialog.value = 'none'
      store.message.value = null
      await guard(
        engine
          .ask('importSession', api => api.importSession(files, name, how.onDuplicate, how.onBadLine), true)
          .then(async result => {
            if (result.ok) {
              await refreshSessions()
              this.openSession(result.session)
              if (result.warnings.length > 0) {
                store.message.value = { text: `${name} was imported, but: ${result.warnings.join('; ')}`, where: '' }
              }
            } else if ('duplicate' in result) {
              store.duplicate.value = { files, name, how, session: result.duplicate }
              store.dialog.value = 'duplicate'
            } else if ('badLine' in result) {
              store.badLine.value = { files, name, how, ...result.badLine }
              store.dialog.value = 'bad-line'
            } else if (result.message !== 'cancelled') {
              store.message.value = { text: `${name} was not imported: ${result.message}`, where: result.where }
            }
          }),
      )
    },
    cancelTransfer: () => void guard(engine.ask('cancelTransfer', api => api.cancelTransfer())),
    openAbout(id: string) {
      store.about.value = id
      store.dialog.value = 'session'
    },
    fields: (id: string) => engine.ask('fields', api => api.fields(id), true),
    summary: (id: string) => engine.ask('summary', api => api.summary(id), true),
    artifacts: (refs: readonly string[]) => engine.ask('artifacts', api => api.artifacts(refs)),
    artifact: (ref: string) => engine.ask('artifact', api => api.artifact(ref)),
    /** As bytes and nothing else: whatever it says it is, nothing opens it here. */
    saveArtifact: (name: string, data: ArrayBuffer) =>
      download(new Blob([data], { type: 'application/octet-stream' }), name),
    open(dialog: Dialog) {
      store.dialog.value = dialog
    },
    planReplay: (request: ReplayRequest) => engine.ask('planReplay', api => api.planReplay(request)),
    /** Into the page itself where that is of the recording's origin, else into a frame that is. */
    async startReplay({ plan, origin }: ReplayPlan, speed: number) {
      const links = store.status.value?.links ?? []
      const fitting = links.filter(candidate => candidate.origin === origin)
      const link = (fitting.length > 0 ? fitting : links).find(({ frame }) => frame === 'top') ?? fitting[0] ?? links[0]
      store.dialog.value = 'none'
      if (!link) {
        store.message.value = { text: 'No page is connected to replay into.', where: '' }
        return
      }
      await guard(
        engine
          .ask('startReplay', api => api.startReplay(plan, link.link, { speed, paused: false }))
          .then(result => {
            if (!result.ok) store.message.value = { text: result.message, where: '' }
          }),
      )
    },
    controlReplay: (op: 'pause' | 'resume' | 'step' | 'stop' | 'live') =>
      void guard(engine.ask('controlReplay', api => api.controlReplay(op))),
    setReplaySpeed: (speed: number) => void guard(engine.ask('setReplaySpeed', api => api.setReplaySpeed(speed))),
  }
}

export type Actions = ReturnType<typeof createActions>
