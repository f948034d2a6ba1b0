import { usePanel } from '../state/context'
import { count } from '../widgets/format'
import { type DiffLine, diffKeysOf } from './diff-lines'
import { rawText } from './path-bar'
import type { TreeNode } from './payload-tree'
import { TreeItem } from './tree'
import { useTreeKeys } from './use-tree-keys'

export function changesText(changes: number): string {
  if (changes === 0) return 'Nothing differs'
  return `${count(changes)} ${changes === 1 ? 'difference' : 'differences'}`
}

interface DiffTreeProps {
  lines: readonly DiffLine[]
  /** Index of the line that the keys act on. */
  at: number
  onLine: (id: string) => void
  onTurn: (id: string) => void
}

/** The lines of a difference as a tree: the sign of each says what became of it. */
export function DiffTree({ lines, at, onLine, onTurn }: DiffTreeProps) {
  const { actions } = usePanel()
  const turn = (index: number) => {
    const one = lines[index]
    if (one?.open !== undefined) onTurn(one.id)
  }
  const { box, onKeyDown } = useTreeKeys(diffKeysOf(lines), at, {
    to: index => onLine(lines[index]?.id ?? ''),
    open: turn,
    act: turn,
    copy: index => {
      const node = lines[index]?.after ?? lines[index]?.before
      if (node) void actions.panel.copyText(rawText(node.raw), 'Value')
    },
  })
  return (
    <div
      ref={box}
      class="tree diff"
      role="tree"
      aria-label="Differences"
      data-testid="diff"
      data-own-keys=""
      onKeyDown={onKeyDown}
    >
      {lines.map((line, index) => (
        <TreeItem
          key={line.id}
          index={index}
          depth={line.depth}
          open={line.open}
          position={line.position}
          siblings={line.siblings}
          current={index === at}
          class={`diff-${line.sign}`}
          onPick={() => onLine(line.id)}
          onOpen={() => onTurn(line.id)}
        >
          <Line line={line} />
        </TreeItem>
      ))}
    </div>
  )
}

const SIGNS = {
  added: { sign: '+', said: 'added ' },
  removed: { sign: '−', said: 'removed ' },
  changed: { sign: '±', said: 'changed ' },
  equal: { sign: '', said: '' },
  inside: { sign: '', said: '' },
} as const

function Line({ line }: { line: DiffLine }) {
  const { sign, said } = SIGNS[line.sign]
  const { before, after } = line
  return (
    <>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      {said && <span class="hidden">{said}</span>}
      {line.key !== '' && <span class="key">{line.key}: </span>}
      {before && <Value node={before} gone={line.sign !== 'equal'} />}
      {before && after && (
        <span class="quiet" role="img" aria-label="to">
          {' → '}
        </span>
      )}
      {after && <Value node={after} gone={false} />}
      {before && after && <Step before={before.value} after={after.value} />}
      {line.sign === 'equal' && line.text !== '' && line.after === undefined && (
        <span class="quiet">
          {count(line.count)} equal: {line.text}
        </span>
      )}
      {line.sign === 'equal' && line.text === '' && line.after === undefined && (
        <span class="quiet">Both payloads are equal</span>
      )}
      {line.sign === 'inside' && (
        <span class="quiet">
          {line.text} {!line.open && changesText(line.count)}
        </span>
      )}
    </>
  )
}

function Value({ node, gone }: { node: TreeNode; gone: boolean }) {
  const Tag = gone ? 'del' : 'span'
  return <Tag class={`value ${node.kind.replace(/\W/g, '-')}`}>{node.text}</Tag>
}

/** Says by how much a number went up or down. */
function Step({ before, after }: { before: unknown; after: unknown }) {
  if (typeof before !== 'number' || typeof after !== 'number') return null
  const step = Number((after - before).toPrecision(12))
  return (
    <small class="quiet step">
      {step > 0 ? '+' : '−'}
      {Math.abs(step).toLocaleString('en', { maximumSignificantDigits: 12 })}
    </small>
  )
}
