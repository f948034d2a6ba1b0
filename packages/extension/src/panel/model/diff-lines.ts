import { unescapeKey } from '@playhead/shared/values/tags'
import { countChanges, type Difference } from './diff'
import { visible } from './format'
import { nodeOf, type TreeNode } from './payload-tree'
import type { TreeLines } from './tree-keys'

export type Sign = 'added' | 'removed' | 'changed' | 'equal' | 'inside'

/** One line of a difference as it is opened now. */
export interface DiffLine {
  id: string
  sign: Sign
  depth: number
  key: string
  path: readonly string[]
  /** What stood there, and what stands there now. */
  before?: TreeNode
  after?: TreeNode
  /** Of what is folded: places that differ, entries that are equal. */
  count: number
  text: string
  open: boolean | undefined
  position: number
  siblings: number
}

/** Lines drawn at most. */
const MOST_LINES = 3000
const NAMED = 4

interface Options {
  /** ids of the lines that are not as they are at first: differences are open, what is equal is folded. */
  turned: ReadonlySet<string>
  /** Only what has this in its path. */
  path: string
}

/** The lines below each other. */
export function diffLines(
  difference: Difference,
  { turned, path: wanted }: Options,
): { lines: DiffLine[]; cut: boolean } {
  const lines: DiffLine[] = []
  const needle = wanted.toLowerCase()
  const fits = (path: readonly string[]) => needle === '' || path.join('.').toLowerCase().includes(needle)

  const anyFits = (entry: Difference, path: readonly string[]): boolean => {
    if (fits(path)) return true
    return entry.kind === 'inside' && entry.entries.some(one => anyFits(one, pathOf(path, one)))
  }
  const shown = (entries: readonly Difference[], path: readonly string[]) =>
    needle === '' ? entries : entries.filter(one => one.kind !== 'equal' && anyFits(one, pathOf(path, one)))

  const push = (line: DiffLine): boolean => lines.length < MOST_LINES && lines.push(line) > 0
  const values = (nodes: readonly TreeNode[], sign: Sign, id: string, depth: number): void => {
    for (const [i, node] of nodes.entries()) value(node, sign, `${id}/${i}`, depth, i + 1, nodes.length)
  }
  /** What was added, removed or is equal, as the tree of its own. */
  const value = (node: TreeNode, sign: Sign, id: string, depth: number, position: number, siblings: number): void => {
    const open = node.children && turned.has(id)
    const side = sign === 'removed' ? { before: node } : { after: node }
    const { key, path } = node
    const more = push({ id, sign, depth, key, path, ...side, count: 0, text: '', open, position, siblings })
    if (open && more) values(node.children?.() ?? [], sign, id, depth + 1)
  }
  const add = (
    entry: Difference,
    path: readonly string[],
    id: string,
    depth: number,
    position: number,
    siblings: number,
  ): void => {
    if (entry.kind === 'equal') {
      equal(entry.entries, path.slice(0, -1), id, depth, position, siblings)
      return
    }
    const key = path.at(-1) ?? ''
    if (entry.kind === 'added') {
      value(nodeOf(key, path, entry.after), 'added', id, depth, position, siblings)
      return
    }
    if (entry.kind === 'removed') {
      value(nodeOf(key, path, entry.before), 'removed', id, depth, position, siblings)
      return
    }
    const at = { id, depth, key: visible(key), path, position, siblings }
    if (entry.kind === 'changed') {
      const before = nodeOf(key, path, entry.before)
      const after = nodeOf(key, path, entry.after)
      const open = before.children || after.children ? turned.has(id) : undefined
      const more = push({ ...at, sign: 'changed', before, after, count: 1, text: '', open })
      if (!open || !more) return
      values(before.children?.() ?? [], 'removed', `${id}/-`, depth + 1)
      values(after.children?.() ?? [], 'added', `${id}/+`, depth + 1)
      return
    }
    const open = !turned.has(id)
    const text = entry.array ? '[ ]' : visible(entry.type) || '{ }'
    const more = push({ ...at, sign: 'inside', count: countChanges(entry), text, open })
    if (!open || !more) return
    const inside = shown(entry.entries, path)
    for (const [i, one] of inside.entries()) {
      add(one, pathOf(path, one), `${id}/${idOf(one)}`, depth + 1, i + 1, inside.length)
    }
  }
  const equal = (
    entries: readonly (readonly [string, unknown])[],
    path: readonly string[],
    id: string,
    depth: number,
    position: number,
    siblings: number,
  ): void => {
    const open = turned.has(id)
    const text = namesOf(entries.map(([key]) => unescapeKey(key)))
    const at = { id, depth, key: '', path, position, siblings }
    const more = push({ ...at, sign: 'equal', count: entries.length, text, open })
    if (!open || !more) return
    const nodes = entries.map(([key, one]) => nodeOf(unescapeKey(key), [...path, unescapeKey(key)], one))
    values(nodes, 'equal', id, depth + 1)
  }
  add(difference, [], '$', 0, 1, 1)
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

function pathOf(path: readonly string[], entry: Difference): readonly string[] {
  return [...path, entry.kind === 'equal' ? '' : unescapeKey(entry.key)]
}

function idOf(entry: Difference): string {
  if (entry.kind === 'equal') return `=${entry.entries[0]?.[0] ?? ''}`
  return `${entry.kind[0]}${entry.key}`
}

function namesOf(keys: readonly string[]): string {
  if (keys.length === 1 && keys[0] === '') return ''
  const named = keys.slice(0, NAMED).map(key => visible(key.slice(0, 30)))
  return `${named.join(', ')}${keys.length > named.length ? ', …' : ''}`
}
