import { stepText } from '@playhead/shared/filter/value-text'
import { plainText } from '@playhead/shared/values/plain'
import { payloadColumn } from '../state/columns'
import { usePanel } from '../state/context'
import { visible } from '../widgets/format'
import { entityTerm } from './entity-terms'
import type { TreeNode } from './payload-tree'

/** Buttons for the line that the keys act on: copy its path or value, filter by it, show it as a column or an entity. */
export function PathBar({ node }: { node: TreeNode | undefined }) {
  const { actions } = usePanel()
  if (!node) return null
  const { path, value, raw } = node
  const term = entityTerm(node)
  const written = pathText(path)
  return (
    <div class="path-bar" role="toolbar" aria-label="The chosen line" data-testid="path-bar">
      <span class="path" title={visible(written)} data-testid="path">
        {visible(written) || 'the whole payload'}
      </span>
      <button
        type="button"
        disabled={path.length === 0}
        data-testid="copy-path"
        onClick={() => actions.panel.copyText(written, 'Path')}
      >
        Copy path
      </button>
      <button
        type="button"
        disabled={raw === undefined}
        data-testid="copy-value"
        onClick={() => actions.panel.copyText(rawText(raw), 'Value')}
      >
        Copy value
      </button>
      <button
        type="button"
        disabled={!term}
        title="Show only events with this value"
        data-testid="filter-value"
        onClick={() => actions.filter.add({ any: [{ key: 'payload', path, op: '=', value: value ?? null }] })}
      >
        Filter
      </button>
      <button
        type="button"
        disabled={path.length === 0 || node.kind === 'group' || node.outOfReach === true}
        title="Show it in the table"
        data-testid="show-column"
        onClick={() => actions.list.addColumn(payloadColumn(path))}
      >
        Column
      </button>
      <button
        type="button"
        disabled={!term}
        title="Every event with this value"
        data-testid="show-entity"
        onClick={() => term && actions.inspector.showEntity(term)}
      >
        Entity
      </button>
    </div>
  )
}

/** Writes the path as the filter box takes it, behind `payload`. */
function pathText(path: readonly string[]): string {
  return path.length === 0 ? '' : ['payload', ...path].map(stepText).join('.')
}

/** Writes a value for the clipboard: a text as it is, all else as a person would write it, in indented JSON where it has parts. */
export function rawText(raw: unknown): string {
  return plainText(raw, 2)
}
