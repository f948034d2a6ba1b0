import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { usePanel } from '../state/context'
import { count, visible } from '../widgets/format'
import { type Choice, saysAnything, tickedOf, withAll, withHidden, withTicked } from './choices'
import { FilterSection } from './filter-section'

/** At most so many rows are shown; from so many on there is a box to search among them. */
const MOST = 100
const MANY = 8
const LONGEST = 120

interface FilterChoicesProps {
  id: string
  title: string
  choice: Choice
  /** `label` is shown in place of the name. */
  values: readonly { name: string; count: number; label?: string }[]
  icon?: (name: string) => ComponentChildren
  uncounted?: boolean
  open?: boolean
  children?: ComponentChildren
}

/** Things to tick: those ticked are shown, none ticked is all of them; or hidden one by one. */
export function FilterChoices({ id, title, choice, values, icon, uncounted, open, children }: FilterChoicesProps) {
  const { store, actions } = usePanel()
  const wanted = useSignal('')
  const text = store.filterText.value
  const says = saysAnything(text, choice)
  const ticked = tickedOf(text, choice)
  const names = values.map(({ name }) => name)
  const letters = wanted.value.toLowerCase()
  const found = values.filter(({ name, label = name }) => label.toLowerCase().includes(letters))
  const listed = found.slice(0, MOST)
  const set = (next: string) => actions.filter.setText(next)
  const all = (on: boolean) =>
    set(
      withAll(
        text,
        choice,
        listed.map(({ name }) => name),
        on,
        names,
      ),
    )
  return (
    <FilterSection id={id} title={title} says={says} open={open}>
      {children}
      {values.length > 1 && (
        <div class="filter-tools">
          {values.length > MANY && (
            <input
              type="search"
              placeholder="Search"
              aria-label={`Search: ${title}`}
              data-testid={`filter-search-${id}`}
              value={wanted.value}
              onInput={event => {
                wanted.value = event.currentTarget.value
              }}
            />
          )}
          <span class="spring" />
          <button type="button" class="link" data-testid={`filter-all-${id}`} onClick={() => all(true)}>
            All
          </button>
          <button type="button" class="link" data-testid={`filter-none-${id}`} onClick={() => all(false)}>
            None
          </button>
        </div>
      )}
      <ul class="filter-list">
        {listed.map(({ name, count: events, label = name }) => {
          const how = ticked(name)
          const shown = visible(label.slice(0, LONGEST)) || '(empty)'
          return (
            <li key={name} class={how === 'hidden' ? 'filter-row hidden-one' : 'filter-row'}>
              <label class="choice" title={visible(label)}>
                <input
                  type="checkbox"
                  data-testid={`filter-tick-${id}`}
                  data-name={name}
                  checked={how === 'shown'}
                  onChange={event => set(withTicked(text, choice, name, event.currentTarget.checked, names))}
                />
                {icon?.(name)}
                <span>{shown}</span>
                {!uncounted && <small>{count(events)}</small>}
              </label>
              <button
                type="button"
                class="icon hide"
                data-testid={`filter-hide-${id}`}
                data-name={name}
                aria-pressed={how === 'hidden'}
                aria-label={`Hide ${shown}`}
                title={how === 'hidden' ? 'Hidden: show it again' : 'Hide it'}
                onClick={() => set(withHidden(text, choice, name, how !== 'hidden', names))}
              >
                −
              </button>
            </li>
          )
        })}
      </ul>
      {found.length === 0 && !(children && values.length === 0) && (
        <p class="quiet">{values.length === 0 ? 'None seen yet' : 'Nothing of this name'}</p>
      )}
      {found.length > MOST && <p class="quiet">and {count(found.length - MOST)} more: search</p>}
    </FilterSection>
  )
}
