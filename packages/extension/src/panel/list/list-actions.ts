import type { Sort } from '@playhead/engine/contract/view'
import { batch } from '@preact/signals'
import type { PanelEngine } from '../connection/engine-client'
import type { ListActions } from '../state/actions/list'
import { type Column, resized, toggled } from '../state/columns'
import { guard } from '../state/report'
import { save } from '../state/saved'
import { nextSort } from '../state/sort'
import { newer, type Store } from '../state/store'
import { payloadLines } from './payload-lines'

/** At most so many events are unfolded at once; the oldest ones are folded for others. */
const MOST_UNFOLDED = 50

export function createListActions(store: Store, engine: Pick<PanelEngine, 'view' | 'read'>): ListActions {
  const { table } = store
  const viewShown = () => store.view.value?.view ?? -1
  let shows = 0

  const show = (): Promise<void> => {
    const mine = ++shows
    const { filter } = store.parsed.value
    const { value: session } = store.session
    const finding = store.finding.value
    const wanted = finding && filter.all ? filter : null
    const lines = table.unfolded.value
    void guard(
      store,
      engine.view.find(session, wanted).then(found => {
        store.found.value = found && newer(store.found.value, found)
      }),
    )
    return guard(
      store,
      engine.view
        .show({
          session,
          filter: finding ? {} : filter,
          sort: table.sort.value,
          group: table.group.value,
          anchor: table.anchor.value,
          unfolded: [...lines].map(([seq, { length }]) => ({ seq, lines: length })),
        })
        .then(view => {
          store.view.value = newer(store.view.value, view)
          // What was unfolded meanwhile was told to the view before this one, which needs to be told anew.
          if (mine === shows && table.unfolded.value !== lines) void show()
        }),
    )
  }

  const setColumns = (columns: readonly Column[]) => {
    table.columns.value = columns
    save({ columns: [...columns] })
  }

  const setSort = (sort: Sort) => {
    table.sort.value = sort
    save({ sort })
    void show()
  }

  const setUnfolded = async (seq: number, lines: readonly string[] | undefined) => {
    const view = viewShown()
    const session = store.shown.value?.id
    const status = await engine.view.unfold(view, seq, lines?.length ?? 0)
    if (store.shown.value?.id !== session) return
    // The map is read only now, because other events may have been unfolded meanwhile.
    const unfolded = new Map(table.unfolded.value)
    unfolded.delete(seq)
    if (lines) unfolded.set(seq, lines)
    const oldest = [...unfolded.keys()].slice(0, Math.max(0, unfolded.size - MOST_UNFOLDED))
    for (const one of oldest) unfolded.delete(one)
    batch(() => {
      table.unfolded.value = unfolded
      if (status) store.view.value = newer(store.view.value, status)
      // The lines that were asked for must not be out of view.
      if (lines) store.reveal.value = { seq, below: lines.length, at: store.reveal.value.at + 1 }
    })
    // Another view has taken the place of the one that was asked: it is told of all that is unfolded.
    if (!status) void show()
    else await Promise.all(oldest.map(one => engine.view.unfold(view, one, 0)))
  }

  const openGroup = (seq: number, open: boolean) => engine.view.openGroup(viewShown(), seq, open)

  const unfold = async (seq: number, open: boolean) => {
    const view = viewShown()
    const session = store.shown.value?.id
    const index = await engine.view.locate(view, seq)
    const row = (await engine.view.rows(view, index, 1)).items[0]
    if (!session || index < 0 || row?.item !== 'event') return
    const isUnfolded = table.unfolded.value.has(seq)
    if (row.repeats && (open ? !row.repeats.open : row.repeats.open && !isUnfolded)) return openGroup(row.seq, open)
    if (!open) return setUnfolded(seq, undefined)
    if (isUnfolded) return
    const detail = await engine.read.detail(session, seq)
    if (detail && store.shown.value?.id === session) await setUnfolded(seq, payloadLines(detail.payload))
  }

  return {
    show,
    setAnchor(seq) {
      const view = viewShown()
      table.anchor.value = seq
      void guard(store, engine.view.setAnchor(view, seq))
    },
    forgetAnchor() {
      table.anchor.value = -1
    },
    setColumns,
    toggleColumn: column => setColumns(toggled(table.columns.value, column)),
    addColumn(column) {
      if (!table.columns.value.some(({ id }) => id === column.id)) setColumns(toggled(table.columns.value, column))
    },
    resizeColumn: (id, width) => setColumns(resized(table.columns.value, id, width)),
    setSort,
    sortBy: by => setSort(nextSort(table.sort.value, by)),
    toggleGroups() {
      table.group.value = !table.group.value
      save({ group: table.group.value })
      void show()
    },
    openGroup: (seq, open) => void guard(store, openGroup(seq, open)),
    unfold: (seq, open) => guard(store, unfold(seq, open)),
    foldAll() {
      table.unfolded.value = new Map()
      void show()
    },
    forgetUnfolded() {
      if (table.unfolded.value.size > 0) table.unfolded.value = new Map()
    },
  }
}
