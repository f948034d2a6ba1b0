import { ROOT_LINE } from '../state/inspector-store'
import type { TreeNode } from './payload-tree'
import type { TreeLines } from './tree-keys'

/** One line of the payload, as far as it is opened. */
export interface PayloadLine {
  /** Names the place of the line, so that the same place of another payload has the same id. */
  id: string
  node: TreeNode
  depth: number
  /** Undefined where the line holds nothing that could be opened. */
  open: boolean | undefined
  /** The line's number among its siblings, counted from 1, and how many siblings there are. */
  position: number
  siblings: number
}

/** At most so many lines are drawn; whoever opens more is told so. */
export const MOST_LINES = 3000

/** Lists the lines from top to bottom; `open` holds the ids of those that are open, `cut` says that there were too many. */
export function payloadLines(root: TreeNode, open: ReadonlySet<string>): { lines: PayloadLine[]; cut: boolean } {
  const lines: PayloadLine[] = []
  const add = (node: TreeNode, id: string, depth: number, position: number, siblings: number): void => {
    if (lines.length >= MOST_LINES) return
    const isOpen = node.children && open.has(id)
    lines.push({ id, node, depth, open: isOpen, position, siblings })
    if (!isOpen) return
    const inside = node.children?.() ?? []
    for (const [i, child] of inside.entries()) add(child, childId(id, child), depth + 1, i + 1, inside.length)
  }
  add(root, ROOT_LINE, 0, 1, 1)
  return { lines, cut: lines.length >= MOST_LINES }
}

export function childId(parent: string, { kind, key, path }: TreeNode): string {
  const step = kind === 'group' ? `~g${key}` : (path.at(-1) ?? '').replace(/~/g, '~0').replace(/\//g, '~1')
  return `${parent}/${step}`
}

export function keysOf(lines: readonly PayloadLine[]): TreeLines {
  return {
    length: lines.length,
    depthAt: index => lines[index]?.depth ?? 0,
    openAt: index => lines[index]?.open,
    labelAt: index => lines[index]?.node.key || (lines[index]?.node.text ?? ''),
  }
}
