import { addClause, withClauses } from '@playhead/shared/filter/edit'
import type { Clause, TermKey } from '@playhead/shared/filter/filter'
import { messageOf } from '@playhead/shared/values/message-of'
import type { ExtraColumn, Row, RowPage } from '../../engine/contract'
import type { EngineClient } from '../engine-client'
import type { TimeMode } from './format'
import { createReplayActions } from './replay-actions'
import { save } from './saved'
import { createSessionActions } from './session-actions'
import { type Dialog, newer, type Store, say } from './store'
import { createTableActions } from './table-actions'
import { createTransferActions } from './transfer-actions'

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

  const host = { show: () => void show(), select, guard }
  const table = createTableActions(store, engine, host)
  const sessions = createSessionActions(store, engine, host)

  return {
    show,
    select,
    move: (by: number, extend = false) => void guard(move(by, extend)),
    rows: (view: number, from: number, count: number, columns: readonly ExtraColumn[]): Promise<RowPage> =>
      engine.ask('rows', api => api.rows(view, from, count, columns)),
    ...table,
    ...sessions,
    ...createTransferActions(store, engine, { ...sessions, guard }),
    ...createReplayActions(store, engine, host),
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
    open(dialog: Dialog) {
      store.dialog.value = dialog
    },
  }
}

export type Actions = ReturnType<typeof createActions>
