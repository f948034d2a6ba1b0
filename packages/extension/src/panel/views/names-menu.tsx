import { termsFor } from '@playhead/shared/filter/edit'
import { count, visible } from '../model/format'
import { usePanel } from './context'
import { Popup } from './popup'

/** Types or sources of the session with their counts; ticking one adds it to the filter box. */
export function NamesMenu({ part, label }: { part: 'types' | 'sources'; label: string }) {
  const { store, actions } = usePanel()
  const key = part === 'types' ? 'type' : 'source'
  const chosen = termsFor(store.filterText.value, [key]).map(({ glob }) => glob)
  const names = store.names.value[part]
  const toggle = (name: string) => {
    const globs = chosen.includes(name) ? chosen.filter(glob => glob !== name) : [...chosen, name]
    actions.setClauses([key], [{ any: globs.map(glob => ({ key, glob })) }], false)
  }
  return (
    <Popup
      testId={`menu-${part}`}
      title={`Filter by ${label.toLowerCase()}`}
      onOpen={() => void actions.loadNames()}
      label={chosen.length ? `${label} (${chosen.length})` : label}
    >
      {names.length === 0 && <p class="quiet">None yet</p>}
      {names.map(({ name, count: events }) => (
        <label key={name} class="choice">
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
          <span>{visible(name)}</span>
          <small>{count(events)}</small>
        </label>
      ))}
    </Popup>
  )
}
