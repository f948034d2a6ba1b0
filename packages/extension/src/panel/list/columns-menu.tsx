import type { ExtraColumn } from '@playhead/engine/contract/view'
import { useSignal } from '@preact/signals'
import {
  BUILT_IN_IDS,
  builtIn,
  type Column,
  DEFAULT_COLUMNS,
  extraOf,
  facetColumn,
  payloadColumn,
  titleOf,
} from '../state/columns'
import { usePanel } from '../state/context'
import { visible } from '../widgets/format'
import { Popup } from '../widgets/popup'

const MOST = 200

/** The menu that chooses columns: the list's own, facets, and fields of payloads that were seen. `drawn` are those that have room. */
export function ColumnsMenu({ drawn }: { drawn: readonly Column[] }) {
  const { store, actions } = usePanel()
  const wanted = useSignal('')
  const { columns } = store.table
  const room = new Set(drawn.map(({ id }) => id))
  const shown = new Set(columns.value.map(({ id }) => id))
  const fits = ({ id }: Column) => titleOf(id).toLowerCase().includes(wanted.value.toLowerCase())
  /** The extra columns to choose from: those offered, and those that the table has. */
  const extras = (isOne: (column: ExtraColumn) => boolean, offered: readonly Column[]) => {
    const own = columns.value.filter(({ id }) => {
      const extra = extraOf(id)
      return extra && isOne(extra)
    })
    return [...new Map([...own, ...offered].map(column => [column.id, column])).values()].filter(fits).slice(0, MOST)
  }
  const facets = extras(
    column => 'facet' in column,
    (store.filter.vocabulary.value?.facets ?? []).map(({ name }) => facetColumn(name)),
  )
  const fields = extras(
    column => 'payload' in column,
    store.filter.paths.value.map(({ path }) => payloadColumn(path)),
  )
  const choice = (column: Column) => (
    <label key={column.id} class="choice">
      <input
        type="checkbox"
        checked={shown.has(column.id)}
        data-testid={`column-${testIdOf(column.id)}`}
        onChange={() => actions.list.toggleColumn(column)}
      />
      <span>{visible(titleOf(column.id))}</span>
      {shown.has(column.id) && !room.has(column.id) && <small>no room</small>}
    </label>
  )
  return (
    <Popup testId="columns-menu" title="Columns and rows" label="⋮" onOpen={() => actions.filter.load(true)}>
      <label class="choice">
        <input
          type="checkbox"
          checked={store.table.group.value}
          data-testid="group"
          onChange={() => actions.list.toggleGroups()}
        />
        <span>Group repeats</span>
      </label>
      <hr />
      {BUILT_IN_IDS.map(id => choice(store.table.columns.value.find(column => column.id === id) ?? builtIn(id)))}
      <hr />
      <input
        type="search"
        class="wide"
        placeholder="Facets and fields of payloads"
        aria-label="Facets and fields of payloads"
        data-testid="column-search"
        value={wanted.value}
        onInput={event => {
          wanted.value = event.currentTarget.value
        }}
      />
      {facets.length + fields.length === 0 && <p class="quiet">None seen</p>}
      {facets.length > 0 && <p class="quiet">Facets</p>}
      {facets.map(choice)}
      {fields.length > 0 && <p class="quiet">Fields of payloads</p>}
      {fields.map(choice)}
      <hr />
      <button type="button" data-testid="columns-reset" onClick={() => actions.list.setColumns([...DEFAULT_COLUMNS])}>
        As at first
      </button>
    </Popup>
  )
}

function testIdOf(id: string): string {
  const extra = extraOf(id)
  if (!extra) return id
  return `${'facet' in extra ? 'facet' : 'field'}-${titleOf(id)}`
}
