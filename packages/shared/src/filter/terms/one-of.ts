import type { Term, TermKey } from '../filter'
import { isNear } from '../near'
import type { Mistake } from './definition'

/** Makes the term for a value of a closed list. For any other value, says what the list has and which of it was probably meant. */
export function oneOf<T extends string, K extends TermKey>(
  { key, value }: { key: string; value: string },
  all: readonly T[],
  term: (value: T) => Term<K>,
): Term<K> | Mistake {
  if (all.includes(value as T)) return term(value as T)
  const near = all.find(one => isNear(one, value, true)) ?? all.find(one => value !== '' && one.startsWith(value))
  const message = `${key}: takes ${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
  return near ? { message, instead: `${key}:${near}` } : { message }
}
