import type { EntityTerm, EventDetail } from '@playhead/engine/contract/event'
import { visible } from '../widgets/format'
import { payloadTree, type TreeNode } from './payload-tree'

/** At most so many values of the payload are offered, from at most so many levels. */
const MOST = 60
const DEEPEST = 4
const LONGEST = 200

export interface EntityChoice {
  name: string
  term: EntityTerm
}

/** What events may have in common with this one: its facets, and the plain values of its payload. */
export function entityChoices({ facets, payload }: EventDetail): { facets: EntityChoice[]; payload: EntityChoice[] } {
  const own = Object.entries(facets).map(([name, value]) => choiceOf({ key: 'facet', name, value }))
  const found: EntityChoice[] = []
  const visit = (node: TreeNode, depth: number): void => {
    const term = entityTerm(node)
    if (term) found.push(choiceOf(term))
    if (depth >= DEEPEST) return
    for (const child of node.children?.() ?? []) if (found.length < MOST) visit(child, depth + 1)
  }
  if (payload !== null) visit(payloadTree(payload), 0)
  return { facets: own, payload: found }
}

/** Makes a term of a line of the payload; undefined where its value is not plain or too long to compare. */
export function entityTerm({ path, value }: TreeNode): EntityTerm | undefined {
  if (path.length === 0 || value === undefined || String(value).length > LONGEST) return undefined
  return { key: 'payload', path, value }
}

export function choiceOf(term: EntityTerm): EntityChoice {
  const name = term.key === 'facet' ? term.name : term.path.join('.')
  return { name: visible(`${name} = ${String(term.value)}`.slice(0, LONGEST)), term }
}

export function sameTerm(a: EntityTerm | null, b: EntityTerm): boolean {
  return a !== null && sameName(a, b) && a.value === b.value
}

/** Says whether two terms are about the same facet or path, whatever the values. */
export function sameName(a: EntityTerm, b: EntityTerm): boolean {
  if (a.key === 'facet') return b.key === 'facet' && a.name === b.name
  return b.key === 'payload' && JSON.stringify(a.path) === JSON.stringify(b.path)
}
