import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { type TreeLines, TypeAhead, treeMove } from './tree-keys'

interface Does {
  to(index: number): void
  open(index: number, open: boolean): void
  act(index: number): void
  copy?(index: number): void
  find?(): void
}

/** The keys of a tree whose lines have `data-line` with their index; Tab reaches the line that the keys act on. */
export function useTreeKeys(lines: TreeLines, at: number, does: Does) {
  const box = useRef<HTMLDivElement>(null)
  const typeAhead = useMemo(() => new TypeAhead(), [])
  const goTo = useRef(-1)
  useLayoutEffect(() => {
    if (goTo.current < 0) return
    const line = box.current?.querySelector<HTMLElement>(`[data-line="${goTo.current}"]`)
    if (!line) return
    goTo.current = -1
    line.focus({ preventScroll: true })
    line.scrollIntoView({ block: 'nearest' })
  })
  const go = (index: number) => {
    if (index < 0 || index === at) return
    goTo.current = index
    does.to(index)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target as Element).hasAttribute('data-line')) return
    const { key } = event
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (key !== 'c' || event.altKey || !does.copy || !getSelection()?.isCollapsed) return
      does.copy(at)
    } else {
      const move = treeMove(lines, at, key)
      if (move === 'act') does.act(at)
      else if (move && 'to' in move) go(move.to)
      else if (move) does.open(at, move.open)
      else if (key === '/' && does.find) does.find()
      else if (key.length === 1) go(typeAhead.type(lines, at, key, event.timeStamp))
      else if (!key.startsWith('Arrow')) return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return { box, onKeyDown }
}
