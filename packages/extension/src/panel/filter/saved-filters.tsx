import { useSignal } from '@preact/signals'
import { usePanel } from '../state/context'
import { LONGEST_NAME, type SavedFilter } from '../state/stored-filters'
import { visible } from '../widgets/format'
import { IconButton } from '../widgets/icon-button'
import { Popup } from '../widgets/popup'

/** The menu of the filters that have names, those of the app in view, and of the permalink to where the user is. */
export function SavedFilters() {
  return (
    <Popup
      testId="saved-filters"
      title="Saved filters, and a link to this place"
      wide
      onOpen={() => {}}
      label={
        <>
          <span aria-hidden="true">★</span>
          <span class="hidden">Saved filters</span>
        </>
      }
    >
      <Menu />
    </Popup>
  )
}

function Menu() {
  const { store, actions } = usePanel()
  const name = useSignal('')
  const text = store.filterText.value
  const app = actions.filter.appOf()
  const all = store.filter.saved.value
  const own = all.filter(one => one.app === app)
  return (
    <div class="saved-filters" data-testid="saved-menu">
      <form
        class="filter-line"
        onSubmit={event => {
          event.preventDefault()
          actions.filter.saveAs(name.value)
          name.value = ''
        }}
      >
        <input
          type="text"
          data-testid="save-name"
          aria-label="Name of the filter"
          placeholder={text ? 'Name of this filter' : 'No filter to save'}
          maxLength={LONGEST_NAME}
          disabled={text.trim() === ''}
          value={name.value}
          onInput={event => {
            name.value = event.currentTarget.value
          }}
        />
        <button
          type="submit"
          class="primary"
          data-testid="save-filter"
          disabled={text.trim() === '' || name.value.trim() === ''}
        >
          Save
        </button>
      </form>
      {own.length === 0 && <p class="quiet">No filters saved for {visible(app) || 'this app'} yet.</p>}
      <ul class="filter-list">
        {own.map(filter => (
          <Entry key={filter.name} filter={filter} current={filter.text === text.trim()} />
        ))}
      </ul>
      <hr />
      <div class="filter-line">
        <button type="button" data-testid="copy-link" onClick={() => void actions.filter.copyPermalink()}>
          Copy link
        </button>
        <span class="spring" />
        <button
          type="button"
          data-testid="export-filters"
          title="Those of all apps, as a file"
          disabled={all.length === 0}
          onClick={() => actions.filter.exportFilters()}
        >
          Export all
        </button>
        <label class="button" title="Filters from a file, beside those here">
          Import
          <input
            type="file"
            class="hidden"
            accept=".json,application/json"
            data-testid="import-filters"
            onChange={event => {
              const [file] = event.currentTarget.files ?? []
              event.currentTarget.value = ''
              if (file) void actions.filter.importFilters(file)
            }}
          />
        </label>
      </div>
      <p class="quiet">A link brings back filter, time and event: paste it into the filter box.</p>
    </div>
  )
}

function Entry({ filter, current }: { filter: SavedFilter; current: boolean }) {
  const { actions } = usePanel()
  const renaming = useSignal(false)
  const shown = visible(filter.name)
  const rename = (to: string) => {
    renaming.value = false
    actions.filter.rename(filter, to)
  }
  if (renaming.value) {
    return (
      <li class="filter-row">
        <input
          type="text"
          data-testid="rename-name"
          aria-label={`New name of ${shown}`}
          maxLength={LONGEST_NAME}
          ref={input => input?.focus()}
          defaultValue={filter.name}
          onKeyDown={event => event.key === 'Enter' && rename(event.currentTarget.value)}
          onBlur={event => renaming.value && rename(event.currentTarget.value)}
        />
      </li>
    )
  }
  return (
    <li class={current ? 'filter-row current' : 'filter-row'}>
      <button
        type="button"
        class="session"
        data-testid="apply-filter"
        data-name={filter.name}
        aria-current={current}
        onClick={() => actions.filter.setText(filter.text)}
      >
        <span>{shown}</span>
        <small class="text">{visible(filter.text)}</small>
      </button>
      <IconButton
        label={`Rename ${shown}`}
        title="Rename"
        testId="rename-filter"
        onClick={() => {
          renaming.value = true
        }}
      >
        ✎
      </IconButton>
      <IconButton
        label={`Delete ${shown}`}
        title="Delete"
        testId="delete-filter"
        onClick={() => actions.filter.remove(filter)}
      >
        ✕
      </IconButton>
    </li>
  )
}
