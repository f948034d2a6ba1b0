import type { ComponentChildren } from 'preact'

interface Props {
  /** Names what the button acts on, because there is one in every row. */
  label: string
  title: string
  testId: string
  pressed?: boolean
  onClick: () => void
  children: ComponentChildren
}

/** A button of one sign, as rows of menus have them. */
export function IconButton({ label, title, testId, pressed, onClick, children }: Props) {
  return (
    <button
      type="button"
      class="icon"
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      data-testid={testId}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
