import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface PopupProps {
  label: ComponentChildren
  testId: string
  title: string
  onOpen: () => void
  /** A choice closes the menu; small buttons beside an entry act on it in place. */
  closes?: boolean
  /** The menu is wide, and as wide as the panel where that is narrow; its content is made only while it is open. */
  wide?: boolean
  children: ComponentChildren
}

/** A button with a menu below it; a click elsewhere or Esc closes it. */
export function Popup({ label, testId, title, onOpen, closes, wide, children }: PopupProps) {
  const details = useRef<HTMLDetailsElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const close = (event: Event) => {
      const { current } = details
      if (current?.open && !current.contains(event.target as Node)) current.open = false
    }
    addEventListener('pointerdown', close)
    return () => removeEventListener('pointerdown', close)
  }, [])
  return (
    <details
      ref={details}
      class={wide ? 'popup wide-popup' : 'popup'}
      onToggle={event => {
        // The event of a fold inside the menu bubbles up to here too.
        if (event.target !== event.currentTarget) return
        setOpen(event.currentTarget.open)
        if (event.currentTarget.open) onOpen()
      }}
    >
      <summary data-testid={testId} title={title}>
        {label}
      </summary>
      <div
        class="menu"
        role="presentation"
        onClick={event => {
          const chosen = (event.target as Element).closest('button')
          if (closes && chosen && !chosen.classList.contains('icon') && details.current) details.current.open = false
        }}
      >
        {(!wide || open) && children}
      </div>
    </details>
  )
}
