import { usePanel } from '../state/context'

/** An arrow key moves the edge by so many px. */
const STEP = 20

/** The edge between list and inspector: drag it, or move it with the arrow keys, to resize the inspector. */
export function Splitter() {
  const { store, actions } = usePanel()
  const { size } = store.inspector
  const start = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement
    const { parentElement } = handle
    if (!parentElement) return
    handle.setPointerCapture(event.pointerId)
    const move = (at: PointerEvent) => {
      const box = parentElement.getBoundingClientRect()
      const isBelow = getComputedStyle(parentElement).flexDirection === 'column'
      actions.inspector.resize(isBelow ? box.bottom - at.clientY : box.right - at.clientX)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), { once: true })
  }
  const nudge = (event: KeyboardEvent) => {
    const by = { ArrowLeft: STEP, ArrowUp: STEP, ArrowRight: -STEP, ArrowDown: -STEP }[event.key]
    if (!by) return
    event.stopPropagation()
    actions.inspector.resize(size.peek() + by)
  }
  return (
    <div
      class="splitter"
      role="separator"
      aria-label="Size of the inspector"
      aria-valuenow={size.value}
      tabIndex={0}
      onPointerDown={start}
      onKeyDown={nudge}
    />
  )
}
