import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import type { Pages } from './pages'
import { type ListPlace, ROW_HEIGHT } from './use-list-place'

/** Brings into view what is asked for, and keeps the selected row there when the list becomes shorter. */
export function useReveal(list: ListPlace, pages: Pages, height: number): void {
  const { store, engine } = usePanel()
  const rows = height / ROW_HEIGHT
  /** The list as it is now: it may have grown by the time the engine answers. */
  const now = useRef(list)
  now.current = list

  const locate = async (seq: number, found: (index: number, list: ListPlace) => void) => {
    const view = store.view.peek()?.view
    if (view === undefined || seq < 0) return
    // The engine's failure is shown elsewhere.
    const index = await engine.view.locate(view, seq).catch(() => -1)
    if (index >= 0 && store.view.peek()?.view === view) found(index, now.current)
  }

  const { reveal } = store
  useEffect(() => {
    const { seq, below } = reveal.value
    void locate(seq, (index, { top, goTo }) => {
      // The event itself is to be in view first, then as much as fits of what stands below it.
      const last = Math.min(index + below, index + Math.floor(rows) - 2)
      if (index < top.value) goTo(index)
      else if (last > top.value + rows - 1.5) goTo(last - rows + 1.5)
    })
  }, [reveal.value])

  // The list becomes shorter when the inspector opens below it.
  const before = useRef(rows)
  useEffect(() => {
    const { current: tall } = before
    before.current = rows
    const seq = store.selected.peek()
    if (seq < 0 || rows >= tall) return
    const { top, goTo, placeOf } = now.current
    // The engine is not asked: in a list that changes all the time its answer would be about other places.
    const places = Array.from({ length: Math.ceil(tall) + 1 }, (_, offset) => Math.floor(top.value) + offset)
    const isIt = (index: number) => {
      const row = pages.at(index)
      return row?.item === 'event' && row.seq === seq
    }
    const held = placeOf(seq)
    const index = held >= 0 ? held : (places.find(isIt) ?? -1)
    if (index > top.value + rows - 1.5 && index <= top.value + tall) goTo(index - rows + 1.5, true)
  }, [rows])
}
