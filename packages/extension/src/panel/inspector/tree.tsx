import type { ComponentChildren } from 'preact'
import { Marked } from './marked'
import type { PayloadLine } from './tree-payload'
import { keysOf } from './tree-payload'
import { useTreeKeys } from './use-tree-keys'

interface TreeProps {
  lines: readonly PayloadLine[]
  /** id of the line that the keys act on. */
  line: string
  /** The text to mark wherever it stands, and the id of the line that was found last. */
  needle: string
  found: string
  onLine: (id: string) => void
  onOpen: (id: string, open: boolean) => void
  onCopy: (line: PayloadLine) => void
  onFind: () => void
}

/** A payload as a tree, opened as far as the user opens it. All of it is text nodes: nothing that a page sent becomes markup. */
export function Tree({ lines, line, needle, found, onLine, onOpen, onCopy, onFind }: TreeProps) {
  const at = Math.max(
    0,
    lines.findIndex(({ id }) => id === line),
  )
  const turn = (index: number, open: boolean) => {
    const one = lines[index]
    if (one?.open !== undefined) onOpen(one.id, open)
  }
  const { box, onKeyDown } = useTreeKeys(keysOf(lines), at, {
    to: index => onLine(lines[index]?.id ?? line),
    open: turn,
    act: index => turn(index, !lines[index]?.open),
    copy: index => {
      const one = lines[index]
      if (one) onCopy(one)
    },
    find: onFind,
  })
  return (
    <div
      ref={box}
      class="tree"
      role="tree"
      aria-label="Payload"
      data-testid="payload"
      data-own-keys=""
      onKeyDown={onKeyDown}
    >
      {lines.map(({ id, node, depth, open, position, siblings }, index) => (
        <TreeItem
          key={id}
          index={index}
          depth={depth}
          open={open}
          position={position}
          siblings={siblings}
          current={index === at}
          class={id === found ? 'found' : ''}
          onPick={() => onLine(id)}
          onOpen={to => onOpen(id, to)}
        >
          {node.key !== '' && (
            <span class="key">
              <Marked text={node.key} needle={node.kind === 'group' ? '' : needle} />:{' '}
            </span>
          )}
          <span class={`value ${node.kind.replace(/\W/g, '-')}`}>
            <Marked text={node.text} needle={node.children && node.kind !== 'error' ? '' : needle} />
          </span>
          {node.kind === 'group' && <small class="quiet"> {node.size}</small>}
        </TreeItem>
      ))}
    </div>
  )
}

interface TreeItemProps {
  index: number
  depth: number
  open: boolean | undefined
  position: number
  siblings: number
  /** The keys act on this line, which Tab reaches. */
  current: boolean
  class?: string
  label?: string
  onPick: () => void
  onOpen: (open: boolean) => void
  children: ComponentChildren
}

/** Depth from which on lines stand no further to the right. */
const DEEPEST = 14

export function TreeItem(props: TreeItemProps) {
  const { index, depth, open, current, onPick, onOpen } = props
  return (
    <div
      class={`leaf${current ? ' current' : ''} ${props.class ?? ''}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={props.position}
      aria-setsize={props.siblings}
      aria-expanded={open}
      aria-selected={current}
      aria-label={props.label}
      tabIndex={current ? 0 : -1}
      data-line={index}
      style={{ paddingInlineStart: `${Math.min(depth, DEEPEST) * 13}px` }}
      onClick={onPick}
      onDblClick={() => open !== undefined && onOpen(!open)}
    >
      <span
        class="fold"
        aria-hidden="true"
        onClick={event => {
          if (open === undefined) return
          event.stopPropagation()
          onOpen(!open)
        }}
        onDblClick={event => event.stopPropagation()}
      >
        {open === undefined ? '' : open ? '▾' : '▸'}
      </span>
      <span class="line">{props.children}</span>
    </div>
  )
}
