import { useSignal } from '@preact/signals'
import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks'
import { ScrollMap } from '../widgets/scroll-map'

export const LINE = 22

interface ListProps {
  box: RefObject<HTMLDivElement | null>
  total: number
  /** Index of the row that is drawn wherever the list is scrolled to, so that it keeps the focus; −1 for none. */
  kept: number
  /** The row to bring into view; each change of `at` does it anew. */
  reveal: { index: number; at: number }
  render: (index: number, top: number) => ComponentChildren
  /** Hears which rows are in view, whenever that changes. */
  onWindow?: (from: number, count: number) => void
  [attribute: `${'aria' | 'data'}-${string}`]: string | number | undefined
  role: 'tree' | 'listbox'
  onKeyDown?: (event: KeyboardEvent) => void
}

/** Rows of one height, of which only those in view are drawn. `render` gets where the row belongs, in pixels. */
export function VirtualList({ box, total, kept, reveal, render, onWindow, ...attributes }: ListProps) {
  const viewport = useSignal(300)
  const top = useSignal(0)
  const map = useMemo(() => new ScrollMap(total, LINE, viewport.value), [total, viewport.value])
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      viewport.value = Math.max(LINE, element.clientHeight)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(() => {
    const element = box.current
    const { index } = reveal
    if (!element || index < 0) return
    const rows = Math.max(1, viewport.value / LINE)
    const first = map.topAt(element.scrollTop)
    if (index >= first && index <= first + rows - 1) return
    const wanted = index < first ? index - Math.floor(rows / 3) : index - rows + Math.ceil(rows / 3)
    element.scrollTop = map.scrollTopOf(wanted)
    top.value = map.topAt(element.scrollTop)
  }, [reveal.index, reveal.at, map])

  const first = Math.min(top.value, map.lastTop)
  const { from, count } = map.window(first)
  useEffect(() => onWindow?.(from, count), [from, count, total])
  const rows = Array.from({ length: count }, (_, i) => from + i)
  if (kept >= 0 && kept < total && (kept < from || kept >= from + count)) rows.push(kept)
  return (
    <div
      ref={box as RefObject<HTMLDivElement>}
      class="virtual"
      {...attributes}
      onScroll={({ currentTarget }) => (top.value = map.topAt(currentTarget.scrollTop))}
    >
      <div class="extent" style={{ height: `${map.height}px` }} role="presentation">
        <div class="window" role="presentation">
          {rows.map(index => {
            const away = index < from || index >= from + count
            return render(index, away ? -10 * LINE : (index - first) * LINE)
          })}
        </div>
      </div>
    </div>
  )
}
