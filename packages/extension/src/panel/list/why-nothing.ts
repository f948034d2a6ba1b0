import { withOwnClauses } from '@playhead/shared/filter/edit'
import type { Clause, Term } from '@playhead/shared/filter/filter'
import { compileGlob } from '@playhead/shared/filter/glob'
import { typeNamedLike } from '@playhead/shared/filter/named-like-syntax'
import { parseFilter } from '@playhead/shared/filter/parse'
import { printClause, printTerm } from '@playhead/shared/filter/print'
import type { Seen } from '@playhead/shared/filter/seen'

/** One way out of a filter that lets nothing through. */
export interface Way {
  /** Why the filter may let nothing through; empty where nothing is known. */
  says: string
  /** What the button says that goes this way, and the text of the filter after that. */
  label: string
  text: string
}

/** A change of the filter: it leaves a condition out, or puts another one in its place. */
interface Change {
  says: string
  clause: Clause
  instead?: Clause
}

type Known = Pick<Seen, 'types' | 'sources' | 'facets' | 'paths'>

const MOST_NEAR = 3
const MOST_WAYS = 10

/** Finds ways out: for each condition that nothing seen can fulfil what comes near, then the filter without each other condition. */
export function waysOut(text: string, seen: Known): Way[] {
  const { clauses } = parseFilter(text)
  const strangers: Change[] = []
  const others: Change[] = []
  for (const clause of clauses) {
    const says = clause.not ? '' : strange(clause, seen)
    const near = says ? nearTo(clause.any[0] as Term, seen) : []
    if (near.length > 0) strangers.push({ says, clause, instead: { any: near } })
    else if (says) strangers.push({ says, clause })
    if (clauses.length > 1 && (near.length > 0 || !says)) others.push({ says: '', clause })
  }
  const ways = new Map<string, Way>()
  for (const { says, clause, instead } of [...strangers, ...others]) {
    if (ways.size === MOST_WAYS) break
    const label = instead ? `Write ${printClause(instead)}` : `Without ${printClause(clause)}`
    // A condition that stands in the filter twice is left out once.
    if (!ways.has(label)) ways.set(label, { says, label, text: withOne(text, clause, instead) })
  }
  return [...ways.values()]
}

function withOne(text: string, clause: Clause, instead?: Clause): string {
  const printed = printClause(clause)
  return withOwnClauses(text, one => printClause(one) === printed, instead ? [instead] : [])
}

/** Says why no term of the clause can find anything; empty where one of them can, for all that is known. */
function strange({ any }: Clause, seen: Known): string {
  const wrong = any.map(term => strangeTerm(term, seen))
  return wrong.every(says => says !== '') ? (wrong[0] ?? '') : ''
}

function strangeTerm(term: Term, { types, sources, facets, paths }: Known): string {
  switch (term.key) {
    case 'type':
    case 'source': {
      const names = term.key === 'type' ? types : sources
      const fits = compileGlob(term.glob)
      return names.some(({ name }) => fits(name)) ? '' : `No ${term.key} is ${term.glob}.`
    }
    case 'facet':
      return facets.some(({ name }) => name === term.name) ? '' : `No event has the facet ${term.name}.`
    case 'mark':
    case 'producer':
      return typeNamedLike(printTerm(term), { types }) ? `There is a type of the name ${printTerm(term)}.` : ''
    case 'payload': {
      const path = term.path.join('.')
      const known = paths.length === 0 || paths.some(seen => seen.path.join('.') === path)
      return known ? '' : `No payload that was looked at has ${path}.`
    }
    default:
      return ''
  }
}

function nearTo(term: Term, { types, sources, facets, paths }: Known): Term[] {
  switch (term.key) {
    case 'mark':
    case 'producer': {
      const glob = typeNamedLike(printTerm(term), { types })
      return glob === undefined ? [] : [{ key: 'type', glob }]
    }
    case 'type':
    case 'source': {
      const { key } = term
      const typed = key === 'source' ? typeNamedLike(printTerm(term), { types }) : undefined
      if (typed !== undefined) return [{ key: 'type', glob: typed }]
      const core = term.glob.replace(/^\*+|\*+$/g, '').toLowerCase()
      const names = (key === 'type' ? types : sources).map(({ name }) => name)
      const found = names.filter(name => core.length > 1 && name.toLowerCase().includes(core))
      const same = found.filter(name => name.toLowerCase() === core)
      return (same.length > 0 ? same : found.slice(0, MOST_NEAR)).map(glob => ({ key, glob }))
    }
    case 'facet':
    case 'payload': {
      const { op, value } = term
      const wanted = (term.key === 'facet' ? term.name : term.path.join('.')).toLowerCase()
      const facet = facets.find(({ name }) => name.toLowerCase() === wanted)
      if (facet) return [{ key: 'facet', name: facet.name, op, value }]
      const ends = wanted.split('.').at(-1)
      const found =
        paths.find(({ path }) => path.join('.').toLowerCase() === wanted) ??
        paths.find(({ path }) => path.at(-1)?.toLowerCase() === ends)
      return found ? [{ key: 'payload', path: found.path, op, value }] : []
    }
    default:
      return []
  }
}
