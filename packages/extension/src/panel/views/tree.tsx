import { useState } from 'preact/hooks'
import type { TreeNode } from '../model/payload-tree'
import { usePanel } from './context'

/** A payload, opened as far as the user opens it. Everything is a text node. */
export function Tree({ root }: { root: TreeNode }) {
  return (
    <ul class="tree" role="tree" aria-label="Payload" data-testid="payload">
      <Branch node={root} open={true} />
    </ul>
  )
}

function Branch({ node, open }: { node: TreeNode; open: boolean }) {
  const { actions } = usePanel()
  const [shown, setShown] = useState(open)
  const toggle = node.children && (() => setShown(!shown))
  const filterable = node.path.length > 0 && node.value !== undefined && String(node.value).length < 200
  return (
    <li role="treeitem" aria-expanded={node.children ? shown : undefined} aria-selected={false} tabIndex={-1}>
      <div class="leaf">
        {toggle ? (
          <button type="button" class="fold" aria-label={shown ? 'Fold' : 'Open'} onClick={toggle}>
            {shown ? '▾' : '▸'}
          </button>
        ) : (
          <span class="fold" />
        )}
        {node.key !== '' && <span class="key">{node.key}: </span>}
        <span class={`value ${node.kind.replace(/\W/g, '-')}`}>{node.text}</span>
        {node.kind === 'group' && <small class="quiet"> {node.size}</small>}
        {filterable && (
          <button
            type="button"
            class="link quiet act"
            title="Filter by this value"
            onClick={() =>
              actions.addFilter({ any: [{ key: 'payload', path: node.path, op: '=', value: node.value ?? null }] })
            }
          >
            filter
          </button>
        )}
      </div>
      {shown && node.children && (
        <ul role="group">
          {node.children().map(child => (
            <Branch key={child.key} node={child} open={false} />
          ))}
        </ul>
      )}
    </li>
  )
}
