import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { count, visible } from '../widgets/format'
import { shownCategories, withHidden, withOnly } from './legend-model'

/** At most so many categories are shown, each with so many characters of its name. */
const MOST = 60
const NAME = 40
const HOW = 'Click: show only it. Alt- or Shift-click: hide it.'

/** The categories with icon, colour and count; what is shown and what is hidden is what the filter box says. */
export function Legend() {
  const { store, actions } = usePanel()
  const { timeline, filterText } = store
  const { categories } = timeline.known.value
  const byType = timeline.density.value?.byType
  const text = filterText.value
  const shown = shownCategories(text, categories)
  const events = categories.list.map(() => 0)
  for (const [id, index] of categories.byType.entries()) events[index] = (events[index] as number) + (byType?.[id] ?? 0)
  const set = (next: string) => actions.filter.setText(next)
  return (
    <div class="legend" role="group" aria-label="Legend: categories of events" data-testid="legend">
      {categories.list.slice(0, MOST).map((category, index) => {
        const name = visible(category.name.slice(0, NAME)) || '(no name)'
        const how = shown[index] ?? 'any'
        const hide = () => set(withHidden(text, categories, index))
        return (
          <button
            key={category.name}
            type="button"
            class="chip"
            data-testid="legend-chip"
            data-category={category.name}
            data-shown={how}
            aria-pressed={how === 'some' ? 'mixed' : how === 'all'}
            title={[visible(category.description), HOW].filter(Boolean).join('\n\n')}
            onClick={event => {
              if (event.altKey || event.shiftKey) hide()
              else set(withOnly(text, categories, index))
            }}
            onKeyDown={event => {
              if (event.key !== 'Delete') return
              event.stopPropagation()
              hide()
            }}
          >
            <CategoryIcon category={category} />
            <span class="name">{name}</span>
            {how === 'none' && <span class="hidden">hidden</span>}
            <small>{count(events[index] ?? 0)}</small>
          </button>
        )
      })}
      {categories.list.length > MOST && <small class="quiet">and {count(categories.list.length - MOST)} more</small>}
    </div>
  )
}
