import { save, saved } from '../state/saved'

/** Drag to resize the inspector; its size is a custom property of the root. */
export function Splitter() {
  const start = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement
    const { parentElement } = handle
    if (!parentElement) return
    handle.setPointerCapture(event.pointerId)
    const move = (at: PointerEvent) => {
      const box = parentElement.getBoundingClientRect()
      const below = getComputedStyle(parentElement).flexDirection === 'column'
      const size = Math.max(120, below ? box.bottom - at.clientY : box.right - at.clientX)
      document.documentElement.style.setProperty('--inspector', `${Math.round(size)}px`)
      save({ inspectorSize: Math.round(size) })
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), { once: true })
  }
  const nudge = (event: KeyboardEvent) => {
    const by = { ArrowLeft: 20, ArrowUp: 20, ArrowRight: -20, ArrowDown: -20 }[event.key]
    if (!by) return
    event.stopPropagation()
    const size = Math.max(120, saved().inspectorSize + by)
    document.documentElement.style.setProperty('--inspector', `${size}px`)
    save({ inspectorSize: size })
  }
  return (
    <div
      class="splitter"
      role="separator"
      aria-label="Size of the inspector"
      aria-valuenow={saved().inspectorSize}
      tabIndex={0}
      onPointerDown={start}
      onKeyDown={nudge}
    />
  )
}
