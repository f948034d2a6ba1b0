import type { Sort, SortKey } from '@playhead/engine/contract/view'
import { usePanel } from '../state/context'
import { visible } from '../widgets/format'

const KEYS: readonly [by: 'time' | (SortKey & string), label: string][] = [
  ['time', 'time'],
  ['seq', 'arrival'],
  ['type', 'type'],
  ['source', 'source'],
  ['level', 'level'],
  ['kind', 'kind'],
  ['duration', 'duration'],
  ['size', 'size'],
  ['producer', 'page, frame, worker'],
]

/** The order of the list, as the head of the table has it. */
export function FilterSort({ facets }: { facets: readonly string[] }) {
  const { store, actions } = usePanel()
  const { by, descending } = store.table.sort.value
  const value = typeof by === 'string' ? by : `facet:${by.facet}`
  // An order that was kept may be by a facet that this session lacks.
  const offered = typeof by === 'string' || facets.includes(by.facet) ? facets : [...facets, by.facet]
  const set = (sort: Sort) => actions.list.setSort(sort)
  return (
    <div class="filter-line">
      <label>
        <span>Order by</span>
        <select
          data-testid="filter-sort"
          value={value}
          onChange={event => {
            const chosen = event.currentTarget.value
            const facet = chosen.startsWith('facet:') ? { facet: chosen.slice('facet:'.length) } : undefined
            set({ by: facet ?? (chosen as 'time'), descending })
          }}
        >
          {KEYS.map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
          {offered.map(name => (
            <option key={name} value={`facet:${name}`}>
              {visible(name)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          data-testid="filter-descending"
          checked={descending}
          onChange={event => set({ by, descending: event.currentTarget.checked })}
        />{' '}
        {by === 'time' ? 'newest first' : 'downwards'}
      </label>
    </div>
  )
}
