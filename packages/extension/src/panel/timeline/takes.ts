import type { Clause, Filter, TermKey } from '@playhead/shared/filter/filter'
import { RECORDING } from '@playhead/shared/model/event'

/** Lists the takes that the filter lets through, which the timeline counts; where the filter says nothing of takes, the one that is `looked` at. */
export function takesIn({ all = [] }: Filter, known: readonly number[], looked = RECORDING): number[] {
  const terms = all.flatMap(({ any }) => any)
  const named = terms.flatMap(term => (term.key === 'take' && typeof term.take === 'number' ? [term.take] : []))
  if (!terms.some(({ key }) => key === 'take')) return [looked]
  const clauses = all.filter(clause => isOnly(clause, ['take']))
  return [...new Set([RECORDING, ...known, ...named])]
    .filter(take =>
      clauses.every(({ not, any }) => {
        const passes = any.some(term => term.key === 'take' && (term.take === '*' || term.take === take))
        return passes !== (not === true)
      }),
    )
    .sort((a, b) => a - b)
}

/**
 * Whether what passes the filter has to be counted by itself. A stretch of time is drawn as one, takes are counted apart, and `wholly`
 * says that the types it names are whole categories: these are dimmed.
 */
export function hasOwnDensity({ all = [] }: Filter, wholly: boolean): boolean {
  return all.some(clause => {
    const { not, any } = clause
    if (isOnly(clause, ['take'])) return false
    if (isOnly(clause, ['after', 'before'])) return not === true || any.length > 1
    return !isOnly(clause, ['type']) || !wholly
  })
}

function isOnly({ any }: Clause, keys: readonly TermKey[]): boolean {
  return any.every(({ key }) => keys.includes(key))
}
