import type { Sort, SortKey } from '@playhead/engine/contract/view'
import { batch } from '@preact/signals'
import type { PanelEngine } from '../connection/engine-client'
import type { ActionHost } from '../state/action-host'
import { type Column, resized, toggled } from '../state/columns'
import { save } from '../state/saved'
import { nextSort } from '../state/sort'
import { newer, type Store, say } from '../state/store'
import { copyText } from '../widgets/copy-text'
import { payloadLines } from './payload-lines'

/** Seqs that are chosen at once at most. */
const MOST = 10_000
/** Events that are unfolded in the list at once, at most. */
const MOST_UNFOLDED = 50

/** What the user does with the table: columns, order, groups, several rows at once. */
export function createTableActions(store: Store, engine: PanelEngine, { show, select, guard }: ActionHost) {
  const { table } = store

  const setColumns = (columns: readonly Column[]) => {
    table.columns.value = columns
    save({ columns: [...columns] })
  }

  const setSort = (sort: Sort) => {
    table.sort.value = sort
    save({ sort })
    show()
  }

  /** Every event from the pivot to this one, in the order of the list. */
  const extendTo = async (seq: number) => {
    const view = store.view.value?.view ?? -1
    const from = table.pivot.value >= 0 ? table.pivot.value : seq
    const [a, b] = await Promise.all([engine.view.locate(view, from), engine.view.locate(view, seq)])
    if (a < 0 || b < 0) return
    const seqs = await engine.view.seqs(view, Math.min(a, b), Math.max(a, b))
    table.selection.value = new Set(seqs.slice(0, MOST))
  }

  const setUnfolded = async (seq: number, lines: readonly string[] | undefined) => {
    const view = store.view.value?.view ?? -1
    const session = store.shown.value?.id
    const status = await engine.view.unfold(view, seq, lines?.length ?? 0)
    if (store.shown.value?.id !== session) return
    // Others may have been unfolded meanwhile: read only now.
    const unfolded = new Map(table.unfolded.value)
    unfolded.delete(seq)
    if (lines) unfolded.set(seq, lines)
    const oldest = [...unfolded.keys()].slice(0, Math.max(0, unfolded.size - MOST_UNFOLDED))
    for (const one of oldest) unfolded.delete(one)
    batch(() => {
      table.unfolded.value = unfolded
      if (status) store.view.value = newer(store.view.value, status)
      // What was asked for must not be out of view.
      if (lines) store.reveal.value = { seq, below: lines.length, at: store.reveal.value.at + 1 }
    })
    // Another view has taken the place of the one that was asked: it is told of all that is unfolded.
    if (!status) show()
    else await Promise.all(oldest.map(one => engine.view.unfold(view, one, 0)))
  }

  const openGroup = (seq: number, open: boolean) => {
    const view = store.view.value?.view ?? -1
    return engine.view.openGroup(view, seq, open)
  }

  /** A closed group opens first, an open one closes last. */
  const unfold = async (seq: number, open: boolean) => {
    const view = store.view.value?.view ?? -1
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
    setColumns,
    /** Shows the event's payload below it in the list, or hides it. */
    unfold: (seq: number, open: boolean) => guard(unfold(seq, open)),
    foldAll() {
      table.unfolded.value = new Map()
      show()
    },
    /** Shows it, or takes it away. */
    toggleColumn: (column: Column) => setColumns(toggled(table.columns.value, column)),
    addColumn(column: Column) {
      if (!table.columns.value.some(({ id }) => id === column.id)) setColumns(toggled(table.columns.value, column))
    },
    resizeColumn: (id: string, width: number) => setColumns(resized(table.columns.value, id, width)),
    /** Once up, once down, then as it was. */
    sortBy: (by: 'time' | SortKey) => setSort(nextSort(table.sort.value, by)),
    setSort,
    toggleGroups() {
      table.group.value = !table.group.value
      save({ group: table.group.value })
      show()
    },
    openGroup: (seq: number, open: boolean) => void guard(openGroup(seq, open)),
    setAnchor(seq: number) {
      const view = store.view.value?.view ?? -1
      table.anchor.value = seq
      void guard(engine.view.setAnchor(view, seq))
    },
    /** A click on a row: alone, with Ctrl or ⌘ one more or less, with Shift all up to it. */
    pick(seq: number, how: 'alone' | 'toggle' | 'range') {
      if (how === 'range') {
        void guard(extendTo(seq))
      } else if (how === 'toggle') {
        const next = new Set(table.selection.value)
        const added = !next.delete(seq)
        if (added) next.add(seq)
        table.selection.value = next
        table.pivot.value = seq
        // One that was taken out is not looked at any more.
        if (!added && store.selected.value === seq) select([...next].at(-1) ?? -1)
        if (!added) return
      } else {
        table.selection.value = new Set([seq])
        table.pivot.value = seq
      }
      if (how !== 'range') select(seq)
    },
    extendTo: (seq: number) => void guard(extendTo(seq)),
    pickAll() {
      const view = store.view.value
      if (!view) return
      void guard(
        engine.view.seqs(view.view, 0, view.items - 1).then(seqs => {
          table.selection.value = new Set(seqs.slice(0, MOST))
          if (seqs.length > MOST) say(store, `Only the first ${MOST.toLocaleString('en')} events were chosen.`)
        }),
      )
    },
    /** The chosen events, or the selected one, as text. */
    async copy(form: 'json' | 'line') {
      const session = store.shown.value?.id
      const chosen = table.selection.value.size > 0 ? [...table.selection.value] : [store.selected.value]
      const seqs = chosen.filter(seq => seq >= 0)
      if (!session || seqs.length === 0) return
      await guard(
        engine.read.copy(session, seqs, form).then(async ({ text, events }) => {
          await copyText(text)
          say(store, `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'} copied.`)
        }),
      )
    },
    async copyText(text: string, what: string) {
      await guard(copyText(text).then(() => say(store, `${what} copied.`)))
    },
    /** Marks the selected event, or takes the mark away. */
    async toggleBookmark() {
      const session = store.shown.value
      const { value: seq } = store.selected
      if (!session || seq < 0) return
      const known = store.detail.value?.seq === seq ? store.detail.value : null
      const bookmark = (known ?? (await engine.read.detail(session.id, seq)))?.id
      if (bookmark === undefined) return
      await guard(engine.sessions.annotate(session.id, { bookmark }))
      if (JSON.stringify(store.parsed.value.filter).includes('bookmarked')) show()
    },
  }
}
