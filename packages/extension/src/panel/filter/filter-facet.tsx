import type { FacetNames } from '@playhead/engine/contract/vocabulary'
import { usePanel } from '../state/context'
import { count, visible } from '../widgets/format'
import { NumberInput } from '../widgets/number-input'
import { facetChoice, rangeOf, withBound } from './choices'
import { FilterChoices } from './filter-choices'

/** Values of one facet to tick, and for numbers the lowest and the highest. */
export function FilterFacet({ facet }: { facet: FacetNames }) {
  const { store, actions } = usePanel()
  const { name, texts, numbers, range, different, counted } = facet
  const text = store.filterText.value
  const bounds = rangeOf(text, name)
  const values = [
    ...texts.map(one => ({ name: `t${one.name}`, count: one.count, label: one.name })),
    ...(numbers.length <= 20 ? numbers : []).map(one => ({
      ...{ name: `n${one.value}`, count: one.count, label: String(one.value) },
    })),
  ]
  const more = different - texts.length
  const bound = (side: 'min' | 'max') => (
    <NumberInput
      step="any"
      data-testid={`filter-${side}-${name}`}
      aria-label={`${visible(name)}, ${side === 'min' ? 'at least' : 'at most'}`}
      placeholder={String(range?.[side] ?? '')}
      value={bounds[side] ?? ''}
      onTyped={({ value, valueAsNumber }) => {
        if (value === '' || Number.isFinite(valueAsNumber)) {
          actions.filter.setText(withBound(text, name, side, value === '' ? undefined : valueAsNumber))
        }
      }}
    />
  )
  return (
    <FilterChoices
      id={`facet-${name}`}
      title={visible(name)}
      choice={facetChoice(name)}
      values={values}
      open={bounds.min !== undefined || bounds.max !== undefined}
    >
      {range && (
        <div class="filter-range">
          {bound('min')}
          <span>to</span>
          {bound('max')}
        </div>
      )}
      {more > 0 && (
        <p class="quiet">
          The most frequent {count(texts.length)} of {counted ? '' : 'more than '}
          {count(different)}
        </p>
      )}
    </FilterChoices>
  )
}
