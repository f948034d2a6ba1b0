import type { TermData } from './filter'
import type { Seen } from './seen'

/**
 * A word of the filter that looks like `key:value` may be the name of an event (`after:save`, `level:complete`). Returns the glob of a
 * `type:` term for it; undefined where no type that was seen is called so, or begins so.
 */
export function typeNamedLike(word: string, { types }: Pick<Seen, 'types'>): TermData['type']['glob'] | undefined {
  const wanted = word.toLowerCase()
  if (!wanted.includes(':')) return undefined
  const same = types.find(({ name }) => name.toLowerCase() === wanted)
  if (same) return same.name
  return types.some(({ name }) => name.toLowerCase().startsWith(wanted)) ? `${word}*` : undefined
}
