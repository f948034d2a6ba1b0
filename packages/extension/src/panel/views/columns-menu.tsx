import { useSignal } from '@preact/signals'
import {
  BUILT_IN_IDS,
  builtIn,
  type Column,
  DEFAULT_COLUMNS,
  facetColumn,
  payloadColumn,
  titleOf,
} from '../model/columns'
import { visible } from '../model/format'
import { usePanel } from './context'
import { Popup } from './popup'

const MOST = 200

/** Which columns the table has: its own, facets, and fields of payloads that were seen. */
export function ColumnsMenu() {
  const { store, actions } = usePanel()
  const found = useSignal<Column[]>([])
  const wanted = useSignal('')
  const shown = new Set(store.table.columns.value.map(({ id }) => id))
  const load = async () => {
    const id = store.shown.value?.id
    if (!id) return
    const facets = Object.keys(store.detail.value?.facets ?? {}).map(facetColumn)
    const fields = (await actions.fields(id)).flatMap(type => type.fields)
    const paths = [...new Set(fields.map(({ path }) => path))].filter(path => path !== '').slice(0, MOST)
    found.value = [...facets, ...paths.map(path => payloadColumn(path.split('.')))]
  }
  const extras = [
    ...new Map([...store.table.columns.value, ...found.value].map(column => [column.id, column])).values(),
  ]
    .filter(({ id }) => !BUILT_IN_IDS.includes(id))
    .filter(({ id }) => titleOf(id).toLowerCase().includes(wanted.value.toLowerCase()))
  const choice = (column: Column) => (
    <label key={column.id} class="choice">
      <input
        type="checkbox"
        checked={shown.has(column.id)}
        data-testid={`column-${BUILT_IN_IDS.includes(column.id) ? column.id : `field-${titleOf(column.id)}`}`}
        onChange={() => actions.toggleColumn(column)}
      />
      <span>{visible(titleOf(column.id))}</span>
    </label>
  )
  return (
    <Popup testId="columns-menu" title="Columns and rows" label="⋮" onOpen={() => void load()}>
      <label class="choice">
        <input
          type="checkbox"
          checked={store.table.group.value}
          data-testid="group"
          onChange={() => actions.toggleGroups()}
        />
        <span>Group repeats</span>
      </label>
      <hr />
      {BUILT_IN_IDS.map(id => choice(store.table.columns.value.find(column => column.id === id) ?? builtIn(id)))}
      <hr />
      <input
        type="search"
        class="wide"
        placeholder="Fields of payloads"
        aria-label="Fields of payloads"
        data-testid="column-search"
        value={wanted.value}
        onInput={event => {
          wanted.value = event.currentTarget.value
        }}
      />
      {extras.length === 0 && <p class="quiet">None seen</p>}
      {extras.map(choice)}
      <hr />
      <button type="button" data-testid="columns-reset" onClick={() => actions.setColumns([...DEFAULT_COLUMNS])}>
        As at first
      </button>
    </Popup>
  )
}
