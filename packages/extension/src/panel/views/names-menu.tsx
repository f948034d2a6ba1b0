import { count, visible } from '../model/format'
import { usePanel } from './context'
import { Popup } from './popup'

/** Types or sources of the session with their counts; ticking one adds it to the filter box. */
export function NamesMenu({ part, label }: { part: 'types' | 'sources'; label: string }) {
  const { store, actions } = usePanel()
  const prefix = part === 'types' ? 'type:' : 'source:'
  const chosen = store.parsed.value.filter[part] ?? []
  const names = store.names.value[part]
  const token = (name: string) =>
    /[\s"]/.test(name) ? `${prefix}"${name.replace(/["\\]/g, '\\$&')}"` : `${prefix}${name}`
  const toggle = (name: string) => {
    const text = store.filterText.value
    const without = ` ${text} `.replace(` ${token(name)} `, ' ').trim()
    actions.setFilterText(chosen.includes(name) ? without : `${text} ${token(name)}`.trim())
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
