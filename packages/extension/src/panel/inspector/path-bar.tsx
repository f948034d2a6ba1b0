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

/** Writes a path as the filter box takes it, and as somebody would write it in code: `rows[0].id`. */
function pathText(path: readonly string[]): string {
  return path
    .map((step, i) => (/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step) ? (i ? `.${step}` : step) : bracket(step)))
    .join('')
}

function bracket(step: string): string {
  return /^\d+$/.test(step) ? `[${step}]` : `[${JSON.stringify(step)}]`
}

/** Writes a value for the clipboard: a text as it is, all else as indented JSON. */
export function rawText(raw: unknown): string {
  return typeof raw === 'string' ? raw : JSON.stringify(raw, null, 2)
}
