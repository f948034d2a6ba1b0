import { unescapeKey } from '@playhead/shared/values/tags'
import { visible } from '../widgets/format'
import { countChanges, type PayloadDifference } from './diff'
import { nodeOf, type TreeNode } from './payload-tree'
import type { TreeLines } from './tree-keys'

export type Sign = 'added' | 'removed' | 'changed' | 'equal' | 'inside'

/** One line of the difference, as far as it is opened. */
export interface DiffLine {
  id: string
  sign: Sign
  depth: number
  key: string
  path: readonly string[]
  /** The value in the older payload and the value in the newer one; one is absent where it was added or removed. */
  before?: TreeNode
  after?: TreeNode
  /** How much a folded line stands for: places that differ, or entries that are equal. */
  count: number
  text: string
  open: boolean | undefined
  position: number
  siblings: number
}

type Of<K extends PayloadDifference['kind']> = Extract<PayloadDifference, { kind: K }>
/** Where a line stands in the tree. */
type LinePlace = Pick<DiffLine, 'id' | 'path' | 'depth' | 'position' | 'siblings'>

/** At most so many lines are drawn. */
const MOST_LINES = 3000
const NAMED = 4

interface Options {
  /** ids of the lines that are not as they stand at first, which is open where something differs and folded where all is equal. */
  turned: ReadonlySet<string>
  /** Lines are left out unless their path holds this text, whatever its case. */
  path: string
}

/** Lists the lines from top to bottom; `cut` says that there were too many. */
export function diffLines(
  difference: PayloadDifference,
  { turned, path: wanted }: Options,
): { lines: DiffLine[]; cut: boolean } {
  const lines: DiffLine[] = []
  const needle = wanted.toLowerCase()
  const fits = (path: readonly string[]) => needle === '' || path.join('.').toLowerCase().includes(needle)

  const anyFits = (entry: PayloadDifference, path: readonly string[]): boolean => {
    if (fits(path)) return true
    return entry.kind === 'inside' && entry.entries.some(one => anyFits(one, pathOf(path, one)))
  }
  const shown = (entries: readonly PayloadDifference[], path: readonly string[]) =>
    needle === '' ? entries : entries.filter(one => one.kind !== 'equal' && anyFits(one, pathOf(path, one)))

  const push = (line: DiffLine): boolean => lines.length < MOST_LINES && lines.push(line) > 0
  const values = (nodes: readonly TreeNode[], sign: Sign, id: string, depth: number): void => {
    for (const [i, node] of nodes.entries()) {
      value(node, sign, { id: `${id}/${i}`, depth, path: node.path, position: i + 1, siblings: nodes.length })
    }
  }
  /** What was added, removed or is equal, as the tree of its own. */
  const value = (node: TreeNode, sign: Sign, at: LinePlace): void => {
    const open = node.children && turned.has(at.id)
    const side = sign === 'removed' ? { before: node } : { after: node }
    const more = push({ ...at, sign, key: node.key, path: node.path, ...side, count: 0, text: '', open })
    if (open && more) values(node.children?.() ?? [], sign, at.id, at.depth + 1)
  }
  const add = (entry: PayloadDifference, at: LinePlace): void => {
    const { path } = at
    const key = path.at(-1) ?? ''
    if (entry.kind === 'equal') equal(entry.entries, { ...at, path: path.slice(0, -1) })
    else if (entry.kind === 'added') value(nodeOf(key, path, entry.after), 'added', at)
    else if (entry.kind === 'removed') value(nodeOf(key, path, entry.before), 'removed', at)
    else if (entry.kind === 'changed') changed(entry, key, at)
    else inside(entry, key, at)
  }
  const changed = (entry: Of<'changed'>, key: string, at: LinePlace): void => {
    const { id, path, depth } = at
    const before = nodeOf(key, path, entry.before)
    const after = nodeOf(key, path, entry.after)
    const open = before.children || after.children ? turned.has(id) : undefined
    const more = push({ ...at, sign: 'changed', key: visible(key), before, after, count: 1, text: '', open })
    if (!open || !more) return
    values(before.children?.() ?? [], 'removed', `${id}/-`, depth + 1)
    values(after.children?.() ?? [], 'added', `${id}/+`, depth + 1)
  }
  const inside = (entry: Of<'inside'>, key: string, at: LinePlace): void => {
    const { id, path, depth } = at
    const open = !turned.has(id)
    const text = entry.array ? '[ ]' : visible(entry.type) || '{ }'
    const more = push({ ...at, sign: 'inside', key: visible(key), count: countChanges(entry), text, open })
    if (!open || !more) return
    const entries = shown(entry.entries, path)
    for (const [i, one] of entries.entries()) {
      const below = { depth: depth + 1, position: i + 1, siblings: entries.length }
      add(one, { id: `${id}/${idOf(one)}`, path: pathOf(path, one), ...below })
    }
  }
  const equal = (entries: readonly (readonly [string, unknown])[], at: LinePlace): void => {
    const open = turned.has(at.id)
    const text = namesOf(entries.map(([key]) => unescapeKey(key)))
    const more = push({ ...at, sign: 'equal', key: '', count: entries.length, text, open })
    if (!open || !more) return
    const nodes = entries.map(([key, one]) => nodeOf(unescapeKey(key), [...at.path, unescapeKey(key)], one))
    values(nodes, 'equal', at.id, at.depth + 1)
  }
  add(difference, { id: '$', path: [], depth: 0, position: 1, siblings: 1 })
  return { lines, cut: lines.length >= MOST_LINES }
}

export function diffKeysOf(lines: readonly DiffLine[]): TreeLines {
  return {
    length: lines.length,
    depthAt: index => lines[index]?.depth ?? 0,
    openAt: index => lines[index]?.open,
    labelAt: index => lines[index]?.key || (lines[index]?.text ?? ''),
  }
}

function pathOf(path: readonly string[], entry: PayloadDifference): readonly string[] {
  return [...path, entry.kind === 'equal' ? '' : unescapeKey(entry.key)]
}

function idOf(entry: PayloadDifference): string {
  if (entry.kind === 'equal') return `=${entry.entries[0]?.[0] ?? ''}`
  return `${entry.kind[0]}${entry.key}`
}

function namesOf(keys: readonly string[]): string {
  if (keys.length === 1 && keys[0] === '') return ''
  const named = keys.slice(0, NAMED).map(key => visible(key.slice(0, 30)))
  return `${named.join(', ')}${keys.length > named.length ? ', …' : ''}`
}
