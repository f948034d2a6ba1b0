import type { Categories, Category, IconName } from '../state/category'
import { usePanel } from '../state/context'
import { visible } from './format'

const SHAPES: Record<IconName, string> = {
  circle: 'M5 1a4 4 0 1 1 0 8a4 4 0 1 1 0-8z',
  square: 'M1.3 1.3h7.4v7.4h-7.4z',
  triangle: 'M5 .8l4.6 8.2h-9.2z',
  diamond: 'M5 .2l4.8 4.8l-4.8 4.8l-4.8-4.8z',
  ring: 'M5 .8a4.2 4.2 0 1 1 0 8.4a4.2 4.2 0 1 1 0-8.4zm0 2.4a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6z',
  cross: 'M3.6 .8h2.8v2.8h2.8v2.8h-2.8v2.8h-2.8v-2.8h-2.8v-2.8h2.8z',
  star: 'M5 0l1.5 3.3l3.5.4l-2.6 2.4l.7 3.6l-3.1-1.8l-3.1 1.8l.7-3.6l-2.6-2.4l3.5-.4z',
  bar: 'M0 3.2h10v3.6h-10z',
}

interface CategoryIconProps {
  category: Pick<Category, 'icon' | 'colour'>
  /** A name follows it. */
  before?: boolean
}

/** Shape and colour of a category; says nothing to a screen reader. */
export function CategoryIcon({ category: { icon, colour }, before = false }: CategoryIconProps) {
  return (
    <svg
      class={`category-icon${before ? ' before' : ''}`}
      viewBox="0 0 10 10"
      width="10"
      height="10"
      aria-hidden="true"
    >
      <path d={SHAPES[icon]} style={{ fill: `var(--category-${colour})` }} />
    </svg>
  )
}

/** The icon of the type's category, as the legend has it. */
export function TypeIcon({ type }: { type: string }) {
  return <CategoryIcon category={usePanel().store.timeline.known.value.categories.of(type)} before />
}

/** The type's whole name, and what the app says of it. */
export function titleOf(type: string, categories: Categories): string {
  return [type, categories.descriptionOf(type)].filter(Boolean).map(visible).join('\n')
}
