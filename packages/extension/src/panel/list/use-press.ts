import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import type { ListPlace } from './use-list-place'

/** Keeps a row where it is between press and release, or the two would not make a click on it. `drawnAt` is the place at which the list is drawn. */
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
    // The list stays at what is drawn, which may be behind what it follows.
    list.stayAt(drawnAt, Number(row.getAttribute('data-seq') ?? -1))
    const { value: held } = anchor
    pressed.current?.abort()
    const press = new AbortController()
    pressed.current = press
    // The click comes right after this; where it chose nothing and nobody scrolled, the list follows again.
    const goOn = () => {
      if (store.selected.peek() >= 0 || (held >= 0 && anchor.peek() !== held)) return
      now.current.follow()
    }
    const release = () => {
      press.abort()
      setTimeout(goOn)
    }
    // A browser that makes something else of the press, as scrolling by touch, cancels it: no release follows.
    for (const end of ['pointerup', 'pointercancel']) addEventListener(end, release, { signal: press.signal })
  }
}
