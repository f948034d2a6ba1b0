import { usePanel } from '../state/context'
import { count } from '../widgets/format'

/** What can be done with several chosen events at once; nothing where fewer than two are. */
export function SelectionBar() {
  const { store, actions } = usePanel()
  const { size } = store.table.selection.value
  if (size < 2) return null
  return (
    <div class="selection-bar" role="toolbar" aria-label="Chosen events" data-testid="selection-bar">
      <span data-testid="selection-size" data-value={size}>
        {count(size)} chosen
      </span>
      <button type="button" data-testid="copy-json" onClick={() => void actions.selection.copy('json')}>
        Copy JSON
      </button>
      <button type="button" data-testid="copy-line" onClick={() => void actions.selection.copy('line')}>
        Copy lines
      </button>
      <button
        type="button"
        title="A link that brings back these events, the filter and the time"
        data-testid="copy-chosen-link"
        onClick={() => void actions.filter.copyPermalink()}
      >
        Copy link
      </button>
      <button type="button" class="icon" aria-label="Choose none" onClick={() => actions.selection.select(-1)}>
        ✕
      </button>
    </div>
  )
}
