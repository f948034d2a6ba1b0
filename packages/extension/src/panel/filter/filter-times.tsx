import { termsFor } from '@playhead/shared/filter/edit'
import { parseTime, printTime } from '@playhead/shared/filter/time-text'
import { useSignal } from '@preact/signals'
import { usePanel } from '../state/context'
import { withOne } from './choices'
import { FilterSection } from './filter-section'

const SIDES = [
  { key: 'after', label: 'From', placeholder: '12.5s' },
  { key: 'before', label: 'to', placeholder: '1m30s' },
] as const

/** Two boxes for the stretch of time that the filter lets through. */
export function FilterTimes() {
  const { store, actions } = usePanel()
  const wrong = useSignal('')
  const text = store.filterText.value
  const says = termsFor(text, ['after', 'before']).length > 0
  return (
    <FilterSection id="time" title="Time" says={says}>
      <div class="filter-range">
        {SIDES.map(({ key, label, placeholder }) => {
          const time = termsFor(text, [key]).at(-1)?.time
          return (
            <label key={key}>
              {label}{' '}
              <input
                type="text"
                data-testid={`filter-${key}`}
                aria-label={key === 'after' ? 'From this time after the start on' : 'Up to this time after the start'}
                aria-invalid={wrong.value === key}
                placeholder={placeholder}
                value={time === undefined ? '' : printTime(time)}
                onChange={event => {
                  const { value } = event.currentTarget
                  const next = parseTime(value.trim())
                  wrong.value = value.trim() !== '' && next === undefined ? key : ''
                  if (wrong.value) return
                  actions.filter.setText(withOne(text, key, next === undefined ? undefined : { key, time: next }))
                }}
              />
            </label>
          )
        })}
      </div>
      {wrong.value && (
        <p class="filter-wrong" role="alert">
          A time after the start: 12.5s, 800ms or 1m30s
        </p>
      )}
    </FilterSection>
  )
}
