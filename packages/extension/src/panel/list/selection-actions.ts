import type { PanelEngine } from '../connection/engine-client'
import type { ListActions, SelectionActions } from '../state/actions/list'
import { guard, say } from '../state/report'
import type { Store } from '../state/store'
import { copyText } from '../widgets/copy-text'

/** Events that are chosen at once, at most. */
const MOST_CHOSEN = 10_000

export function createSelectionActions(
  store: Store,
  engine: Pick<PanelEngine, 'view' | 'read' | 'sessions'>,
  list: Pick<ListActions, 'show'>,
): SelectionActions {
  const { table } = store

  const select = (seq: number, reveal = false) => {
    store.selected.value = seq
    if (seq < 0) table.selection.value = new Set()
    else if (!table.selection.value.has(seq)) table.selection.value = new Set([seq])
    store.gone.value = false
    const session = store.shown.value?.id
    if (seq < 0 || !session) {
      store.detail.value = null
      return
    }
    if (reveal) store.reveal.value = { seq, below: 0, at: store.reveal.value.at + 1 }
    void guard(
      store,
      engine.read.detail(session, seq).then(detail => {
        if (store.selected.value !== seq) return
        store.detail.value = detail
        store.gone.value = detail === null
      }),
    )
  }

  const choose = (seqs: readonly number[]) => {
    table.selection.value = new Set(seqs)
    table.pivot.value = seqs[0] ?? -1
  }

  /** Chooses every event from the pivot to this one, in the order of the list. */
  const chooseUpTo = async (seq: number) => {
    const view = store.view.value?.view ?? -1
    const from = table.pivot.value >= 0 ? table.pivot.value : seq
    const [a, b] = await Promise.all([engine.view.locate(view, from), engine.view.locate(view, seq)])
    if (a < 0 || b < 0) return
    const seqs = await engine.view.seqs(view, Math.min(a, b), Math.max(a, b))
    table.selection.value = new Set(seqs.slice(0, MOST_CHOSEN))
  }

  const toggle = (seq: number) => {
    const next = new Set(table.selection.value)
    const isAdded = !next.delete(seq)
    if (isAdded) next.add(seq)
    table.selection.value = next
    table.pivot.value = seq
    if (isAdded) select(seq)
    // One that was taken out is not looked at any more.
    else if (store.selected.value === seq) select([...next].at(-1) ?? -1)
  }

  return {
    select,
    choose,
    goTo(seq) {
      choose([seq])
      select(seq, true)
    },
    pick(seq, how) {
      if (how === 'range') void guard(store, chooseUpTo(seq))
      else if (how === 'toggle') toggle(seq)
      else {
        choose([seq])
        select(seq)
      }
    },
    extendTo(seq) {
      void guard(store, chooseUpTo(seq))
      select(seq, true)
    },
    pickAll() {
      const view = store.view.value
      if (!view) return
      void guard(
        store,
        engine.view.seqs(view.view, 0, view.items - 1).then(seqs => {
          table.selection.value = new Set(seqs.slice(0, MOST_CHOSEN))
          if (seqs.length > MOST_CHOSEN)
            say(store, `Only the first ${MOST_CHOSEN.toLocaleString('en')} events were chosen.`)
        }),
      )
    },
    async copy(form) {
      const session = store.shown.value?.id
      const chosen = table.selection.value.size > 0 ? [...table.selection.value] : [store.selected.value]
      const seqs = chosen.filter(seq => seq >= 0)
      if (!session || seqs.length === 0) return
      await guard(
        store,
        engine.read.copy(session, seqs, form).then(async ({ text, events }) => {
          await copyText(text)
          say(store, `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'} copied.`)
        }),
      )
    },
    async toggleBookmark() {
      const session = store.shown.value
      const { value: seq } = store.selected
      if (!session || seq < 0) return
      const known = store.detail.value?.seq === seq ? store.detail.value : null
      const bookmark = (known ?? (await engine.read.detail(session.id, seq)))?.id
      if (bookmark === undefined) return
      await guard(store, engine.sessions.annotate(session.id, { bookmark }))
      if (JSON.stringify(store.parsed.value.filter).includes('bookmarked')) void list.show()
    },
  }
}
