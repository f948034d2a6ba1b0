import type { FilterProblem } from './parse'
import type { ClauseToken } from './tokens'

/** A name, white space, an operator, and perhaps a value. */
const SPACED = /([\p{L}_$][\p{L}\p{N}_$.-]*)\s+(!=|<=|>=|=|<|>)(?![=<>!])\s*("(?:[^"\\]|\\.)*"|[^\s|"]*)/uy

/**
 * Finds a comparison with spaces, as other languages have it: `amount > 17`. Returns what was meant; undefined where a clause begins none.
 */
export function spacedComparison(text: string, { not, from, alternatives }: ClauseToken): FilterProblem | undefined {
  const [only] = alternatives
  if (!only || alternatives.length > 1) return undefined
  SPACED.lastIndex = from + Number(not)
  const found = SPACED.exec(text)
  if (!found) return undefined
  const [all, name = '', op = '', value = ''] = found
  const to = from + Number(not) + all.trimEnd().length
  if (value === '') return { from, to, message: `${name}${op} needs a value, as in ${name}${op}17` }
  return { from, to, message: `no spaces around ${op}`, instead: `${not ? '-' : ''}${name}${op}${value}` }
}
