import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import type { ListPlace } from './use-list-place'

/** A row must not move away between press and release, or neither is a click on it. `drawnAt`: where the rows that are seen stand. */
export function usePress(list: ListPlace, drawnAt: number): (event: PointerEvent) => void {
  const { store } = usePanel()
  const { anchor } = store.table
  const now = useRef(list)
  now.current = list
  const pressed = useRef<AbortController>(undefined)
  useEffect(() => () => pressed.current?.abort(), [])

  return ({ button, target }) => {
    const row = target instanceof Element && target.closest('.row')
    if (!list.following.value || button !== 0 || !row) return
    // What is drawn may be behind what it follows.
    list.stayAt(drawnAt, Number(row.getAttribute('data-seq') ?? -1))
    const { value: held } = anchor
    pressed.current?.abort()
    const press = new AbortController()
    pressed.current = press
    // The click comes right after; where it chose nothing and nobody scrolled, the list goes on.
    const goOn = () => {
      if (store.selected.peek() >= 0 || (held >= 0 && anchor.peek() !== held)) return
      now.current.follow()
    }
    const release = () => {
      press.abort()
      setTimeout(goOn)
    }
    // Where the browser makes something else of it, as scrolling by touch, no release follows.
    for (const end of ['pointerup', 'pointercancel']) addEventListener(end, release, { signal: press.signal })
  }
}
