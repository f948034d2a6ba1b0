import { termsFor, withClauses } from '@playhead/shared/filter/edit'
import type { Clause } from '@playhead/shared/filter/filter'
import { compileGlob, compileGlobs } from '@playhead/shared/filter/glob'
import { parseFilter } from '@playhead/shared/filter/parse'
import type { Categories } from '../state/category'

/** At most so many types are listed one by one in the filter. */
const MOST_LISTED = 40

/**
 * What stands in the filter for a category: globs where they match its types and no other's, the types themselves where they do not. With
 * very many types the globs that come nearest.
 */
export function globsOf(categories: Categories, index: number): string[] {
  const own = categories.typesOf(index)
  const others = categories.types.filter((_, id) => categories.byType[id] !== index)
  const { name, given } = categories.list[index] as Categories['list'][number]
  const seen = [...new Set(own.flatMap(type => separatorGlob(type, name)))]
  const wanted = [...given.filter(key => key.includes('*') || own.includes(key)), ...seen]
  const candidates = wanted.filter(glob => !others.some(compileGlob(glob)))
  const globs: string[] = []
  let left = own
  for (const glob of [...new Set(candidates)]) {
    const passes = compileGlob(glob)
    const rest = left.filter(type => !passes(type))
    if (rest.length === left.length) continue
    globs.push(glob)
    left = rest
  }
  if (left.length <= MOST_LISTED) return [...globs, ...left.filter(type => !type.includes('*'))]
  return [...globs, `${name}*`]
}

/** `row:update` in the category `row`: `row:*`; `RowAdded` in `Row`: `Row*`. */
function separatorGlob(type: string, name: string): string[] {
  if (!type.startsWith(name) || type === name) return []
  const next = type[name.length] as string
  return /[:/._-]/.test(next) ? [`${name}${next}*`] : [`${name}*`]
}

/** How many of the category's types the filter's type clauses let through; `any` where there are no such clauses. */
export type Shown = 'any' | 'all' | 'some' | 'none'

/** Says of each category how much of it the filter's type clauses let through; what else the filter says does not count. */
export function shownCategories(text: string, categories: Categories): Shown[] {
  const wanted = parseFilter(text)
    .clauses.filter(({ not, any }) => !not && any.every(({ key }) => key === 'type'))
    .map(({ any }) => compileGlobs(any.flatMap(term => ('glob' in term ? term.glob : []))))
  const unwanted = termsFor(text, ['type'], true).map(({ glob }) => glob)
  if (wanted.length + unwanted.length === 0) return categories.list.map(() => 'any')
  const passes = (type: string) => wanted.every(one => one(type))
  const fails = compileGlobs(unwanted)
  const all = categories.list.map(() => 0)
  const through = categories.list.map(() => 0)
  for (const [id, type] of categories.types.entries()) {
    const index = categories.byType[id] as number
    all[index] = (all[index] as number) + 1
    if (passes(type) && !fails(type)) through[index] = (through[index] as number) + 1
  }
  return all.map((types, index) => (through[index] === 0 ? 'none' : through[index] === types ? 'all' : 'some'))
}

/** Changes the filter so that it shows only this category; where it does already, so that it shows all. */
export function withOnly(text: string, categories: Categories, index: number): string {
  const shown = shownCategories(text, categories)
  const only = shown.every((how, other) => (other === index ? how === 'all' : how === 'none'))
  return withClauses(text, ['type'], only ? [] : [typeClause(globsOf(categories, index))])
}

/** Changes the filter so that it hides this category, or shows it again. */
export function withHidden(text: string, categories: Categories, index: number): string {
  const globs = globsOf(categories, index)
  const wanted = termsFor(text, ['type']).map(({ glob }) => glob)
  const unwanted = termsFor(text, ['type'], true).map(({ glob }) => glob)
  const shown = shownCategories(text, categories)[index]
  const passes = compileGlobs(globs)
  if (shown === 'none' && wanted.length > 0 && !unwanted.some(glob => globs.includes(glob))) {
    return withClauses(text, ['type'], [typeClause([...wanted, ...globs])], false)
  }
  if (shown === 'none') return withClauses(text, ['type'], [typeClause(without(unwanted, globs), true)], true)
  const left = without(wanted, globs).filter(glob => glob.includes('*') || !passes(glob))
  // With no type left to show the clause would be empty and show all: hiding is said as a negation then.
  if (wanted.length > 0 && left.length > 0 && left.length < wanted.length) {
    const next = withClauses(text, ['type'], [typeClause(left)], false)
    if (shownCategories(next, categories)[index] === 'none') return next
  }
  return withClauses(text, ['type'], [typeClause([...unwanted, ...globs], true)], true)
}

function without(globs: readonly string[], gone: readonly string[]): string[] {
  return globs.filter(glob => !gone.includes(glob))
}

function typeClause(globs: readonly string[], not = false): Clause {
  const any = [...new Set(globs)].map(glob => ({ key: 'type' as const, glob }))
  return not ? { not, any } : { any }
}
