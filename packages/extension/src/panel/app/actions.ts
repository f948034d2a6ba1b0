import type { ExtraColumn, RowPage } from '@playhead/engine/contract/view'
import { addClause, withClauses } from '@playhead/shared/filter/edit'
import type { Clause, TermKey } from '@playhead/shared/filter/filter'
import { messageOf } from '@playhead/shared/values/message-of'
import { batch } from '@preact/signals'
import type { PanelEngine } from '../connection/engine-client'
import { createTableActions } from '../list/list-actions'
import { createMoves } from '../list/moves'
import { createReplayActions } from '../replay/replay-actions'
import { createSessionActions } from '../sessions/session-actions'
import { createTransferActions } from '../sessions/transfer-actions'
import { type Setup, save } from '../state/saved'
import { type Dialog, newer, type Store, say } from '../state/store'
import type { TimeMode } from '../widgets/format'

/** Everything the user can do, whichever control or key asks for it. */
export function createActions(store: Store, engine: PanelEngine) {
  const guard = async (work: Promise<unknown>) => {
    try {
      await work
    } catch (error) {
      store.message.value = { text: messageOf(error), where: '' }
    }
  }
  let shows = 0
  const show = (): Promise<void> => {
    const mine = ++shows
    const { filter } = store.parsed.value
    const { value: session } = store.session
    const finding = store.finding.value
    const wanted = finding && filter.all ? filter : null
    const { unfolded } = store.table
    const lines = unfolded.value
    void guard(
      engine.view.find(session, wanted).then(found => {
        store.found.value = found && newer(store.found.value, found)
      }),
    )
    return guard(
      engine.view
        .show({
          session,
          filter: finding ? {} : filter,
          sort: store.table.sort.value,
          group: store.table.group.value,
          anchor: store.table.anchor.value,
          unfolded: [...lines].map(([seq, { length }]) => ({ seq, lines: length })),
        })
        .then(view => {
          store.view.value = newer(store.view.value, view)
          // What was unfolded meanwhile was told to the view before.
          if (mine === shows && unfolded.value !== lines) void show()
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
    if (reveal) store.reveal.value = { seq, below: 0, at: store.reveal.value.at + 1 }
    void guard(
      engine.read.detail(session, seq).then(detail => {
        if (store.selected.value !== seq) return
        store.detail.value = detail
        store.gone.value = detail === null
      }),
    )
  }

  const host = { show: () => void show(), select, guard }
  const table = createTableActions(store, engine, host)
  const sessions = createSessionActions(store, engine, host)
  const sessionId = () => store.shown.value?.id ?? ''
  const moves = createMoves(store, engine, {
    goTo(seq) {
      store.table.selection.value = new Set([seq])
      store.table.pivot.value = seq
      select(seq, true)
    },
    extendTo(seq) {
      table.extendTo(seq)
      select(seq, true)
    },
    guard,
  })

  return {
    show,
    select,
    ...moves,
    rows: (view: number, from: number, count: number, columns: readonly ExtraColumn[]): Promise<RowPage> =>
      engine.view.rows(view, from, count, columns),
    ...table,
    ...sessions,
    ...createTransferActions(store, engine, { ...sessions, guard }),
    ...createReplayActions(store, engine, host),
    locate: (view: number, seq: number) => engine.view.locate(view, seq),

    setFilterText(text: string) {
      store.filterText.value = text
      save({ filterText: text })
      void show()
    },
    /** How the list is set up, all at once. */
    applySetup({ filterText, columns, sort, group }: Setup) {
      batch(() => {
        store.filterText.value = filterText
        store.table.columns.value = columns
        store.table.sort.value = sort
        store.table.group.value = group
      })
      void show()
    },
    /** Whether the box filters, or finds among all. */
    setFinding(finding: boolean) {
      store.finding.value = finding
      void show()
    },
    /** Goes to the next or the last match; without looking for something, every row is one. */
    nextMatch(step: 1 | -1) {
      if (!store.found.value) moves.move(step)
      else moves.go(from => engine.view.findNext(from, step))
    },
    /** The event of the selected one's type after or before it. */
    sameType(step: 1 | -1) {
      moves.go(from => engine.read.neighbour(sessionId(), from, step))
    },
    /** The event that caused the selected one. */
    cause() {
      moves.go(async from => {
        const event = await engine.read.detail(sessionId(), from)
        if (!event || event.cause >= 0) return event?.cause ?? -1
        if (event.cause === -1) say(store, 'The cause of this event is outside the log.')
        else
          say(
            store,
            event.flags.includes('input') ? 'Nothing caused this event: it is an input.' : 'Its cause is unknown.',
          )
        return -1
      })
    },
    /** The event that keys led to, also where they are still on their way. */
    unfoldSelected(open: boolean) {
      moves.go(async from => {
        if (from >= 0) await table.unfold(from, open)
        return -1
      })
    },
    /** The first event that the selected one caused. */
    firstEffect() {
      moves.go(async from => {
        const { effects } = await engine.read.relations(sessionId(), from)
        if (effects.length === 0) say(store, 'Nothing was caused by this event.')
        return effects[0]?.seq ?? -1
      })
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
