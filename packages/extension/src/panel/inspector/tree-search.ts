import { ROOT_LINE } from '../state/inspector-store'
import type { TreeNode } from './payload-tree'
import { childId } from './tree-payload'

/** A line that was found, and the ids of the lines that must be open for it to be seen. */
export interface Found {
  id: string
  above: readonly string[]
}

const MOST_FOUND = 1000
/** The search ends after so many lines: more than the largest payload has. */
const MOST_LINES = 300_000
/** The search looks at so many lines between two pauses. */
const STRETCH = 500

/** Looks for a text in keys and values, whatever its case, top to bottom. Pauses (yields) where somebody else may want to work. */
export function* searchTree(root: TreeNode, text: string): Generator<void, { found: Found[]; all: boolean }> {
  const needle = text.toLowerCase()
  const found: Found[] = []
  const stack: { node: TreeNode; id: string; above: readonly string[] }[] = [{ node: root, id: ROOT_LINE, above: [] }]
  for (let looked = 1; ; looked++) {
    const at = stack.pop()
    if (!at || needle === '') return { found, all: true }
    const { node, id, above } = at
    if (holds(node, needle)) found.push({ id, above })
    if (found.length >= MOST_FOUND || looked >= MOST_LINES) return { found, all: stack.length === 0 }
    const inside = node.children?.() ?? []
    const path = [...above, id]
    for (let i = inside.length - 1; i >= 0; i--) {
      const child = inside[i] as TreeNode
      stack.push({ node: child, id: childId(id, child), above: path })
    }
    if (looked % STRETCH === 0) yield
  }
}

function holds({ key, kind, text, raw }: TreeNode, needle: string): boolean {
  if (kind === 'group') return false
  if (key.toLowerCase().includes(needle)) return true
  // The text of a container is a summary: what it says is found inside as well.
  if (kind === 'object' || kind === 'array') return false
  return (typeof raw === 'string' ? raw : text).toLowerCase().includes(needle)
}
