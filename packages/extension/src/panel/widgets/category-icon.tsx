import { ICONS, type IconName } from './icons'

interface CategoryIconProps {
  /** `colour` is a place in the palette: the variable `--category-<colour>`. */
  category: { icon: IconName; colour: number }
  /** A name follows, from which it keeps a distance. */
  before?: boolean
}

/** Shape and colour of a category; a screen reader passes over it. */
export function CategoryIcon({ category: { icon, colour }, before = false }: CategoryIconProps) {
  return (
    <svg
      class={`category-icon${before ? ' before' : ''}`}
      viewBox="0 0 10 10"
      width="10"
      height="10"
      aria-hidden="true"
    >
      <path d={ICONS[icon]} style={{ fill: `var(--category-${colour})` }} />
    </svg>
  )
}
