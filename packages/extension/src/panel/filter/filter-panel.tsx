import { termsFor } from '@playhead/shared/filter/edit'
import { HAS as ALL_HAS } from '@playhead/shared/filter/terms/has'
import { IS as ALL_IS } from '@playhead/shared/filter/terms/is'
import { LEVELS, type Level, RECORDING } from '@playhead/shared/model/event'
import { useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { count, visible } from '../widgets/format'
import { Popup } from '../widgets/popup'
import { HAS, IS, KIND, MARK, PRODUCER, SOURCE, TYPE, withOne } from './choices'
import { FilterChoices } from './filter-choices'
import { FilterFacet } from './filter-facet'
import { FilterSort } from './filter-sort'
import { FilterTimes } from './filter-times'

/** The filter by clicking: every control shows what the filter box says, and writes it there. */
export function FilterPanel() {
  const { store, actions } = usePanel()
  const active = useComputed(() => store.parsed.value.clauses.length)
  return (
    <Popup
      testId="filter-panel"
      title="Filter by clicking"
      wide
      onOpen={() => actions.filter.load(false)}
      label={
        <>
          Filters
          {active.value > 0 && (
            <span class="badge" data-testid="filter-badge" data-value={active.value}>
              {count(active.value)}
              <span class="hidden"> conditions</span>
            </span>
          )}
        </>
      }
    >
      <Sections />
    </Popup>
  )
}

/** While the panel is open, what there is to tick is asked for again after so many ms. */
const INTERVAL = 2500

function Sections() {
  const { store, actions } = usePanel()
  useEffect(() => {
    const asking = setInterval(() => actions.filter.load(false), INTERVAL)
    return () => clearInterval(asking)
  }, [actions])
  const { types, sources, kinds, producers, marks, takes, levels } = store.filter.seen.value
  const { categories } = store.timeline.known.value
  const facets = store.filter.vocabulary.value?.facets ?? []
  const text = store.filterText.value
  const set = (next: string) => actions.filter.setText(next)
  const level = termsFor(text, ['level']).at(-1)?.level ?? ''
  const take = termsFor(text, ['take']).at(-1)?.take
  return (
    <div class="filter-panel" data-testid="filter-sections">
      <div class="filter-panel-head">
        <strong>Filters</strong>
        <span class="spring" />
        <button type="button" data-testid="filter-clear-all" disabled={text === ''} onClick={() => set('')}>
          Clear all
        </button>
      </div>
      <FilterChoices
        id="type"
        title="Type"
        choice={TYPE}
        values={types}
        icon={name => <CategoryIcon category={categories.of(name)} before />}
        open={types.length > 0}
      />
      <FilterChoices id="source" title="Source" choice={SOURCE} values={sources} />
      <label class="filter-line">
        <span>Level</span>
        <select
          data-testid="level"
          value={level}
          onChange={event => {
            const next = event.currentTarget.value as Level | ''
            set(withOne(text, 'level', next ? { key: 'level', level: next } : undefined))
          }}
        >
          <option value="">All</option>
          {LEVELS.map((name, index) => {
            const events = levels.slice(0, index + 1).reduce((sum, one) => sum + one.count, 0)
            return (
              <option key={name} value={name}>
                up to {name} ({count(events)})
              </option>
            )
          })}
        </select>
      </label>
      <FilterTimes />
      {facets.map(facet => (
        <FilterFacet key={facet.name} facet={facet} />
      ))}
      {marks.length > 0 && <FilterChoices id="mark" title="Mark or day" choice={MARK} values={marks} uncounted />}
      <FilterChoices id="kind" title="Kind" choice={KIND} values={kinds.filter(one => one.count > 0)} />
      <FilterChoices id="is" title="Is" choice={IS} values={ALL_IS.map(uncounted)} uncounted />
      <FilterChoices id="has" title="Has" choice={HAS} values={ALL_HAS.map(uncounted)} uncounted />
      {producers.length > 1 && (
        <FilterChoices id="producer" title="Page, frame, worker" choice={PRODUCER} values={producers} />
      )}
      {(takes.length > 1 || take !== undefined) && (
        <label class="filter-line">
          <span>Take</span>
          <select
            data-testid="take"
            value={take === undefined ? '' : String(take)}
            onChange={event => {
              const { value } = event.currentTarget
              const next = value === '*' ? '*' : Number(value)
              set(withOne(text, 'take', value === '' ? undefined : { key: 'take', take: next }))
            }}
          >
            <option value="">the recording</option>
            <option value="*">all</option>
            {takes
              .filter(one => one.take !== RECORDING)
              .map(one => (
                <option key={one.take} value={String(one.take)}>
                  {one.take}: {visible(one.name)} ({count(one.count)})
                </option>
              ))}
          </select>
        </label>
      )}
      <FilterSort facets={facets.map(({ name }) => name)} />
    </div>
  )
}

function uncounted(name: string): { name: string; count: number } {
  return { name, count: 0 }
}
