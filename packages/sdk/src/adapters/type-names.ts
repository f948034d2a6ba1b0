import { CannotReplay } from '../api/cannot-replay'
import { quietly } from './quietly'

/** Gives types that are symbols or numbers a name as text, and finds the type of a name again. */
export interface TypeNames {
  of(type: unknown): string
  /**
   * Returns the type with that name. `listened` are the types the bus has handlers for. A name that stands for a number and for a text is
   * taken for the text. Throws CannotReplay where no symbol has the name, or more than one has.
   */
  back(name: string, listened: Iterable<unknown>): unknown
}

const LOOKS_LIKE_SYMBOL = /^Symbol\(.*\)$/s
const LOOKS_LIKE_NUMBER = /^-?\d/

export function typeNames(): TypeNames {
  const seen = new Set<symbol>()
  return {
    of(type) {
      if (typeof type === 'string') return type
      if (typeof type === 'symbol') seen.add(type)
      return quietly(() => String(type), '(unnamed)')
    },
    back(name, listened) {
      if (LOOKS_LIKE_NUMBER.test(name)) {
        const types = [...listened]
        return types.includes(name)
          ? name
          : (types.find(type => typeof type === 'number' && `${type}` === name) ?? name)
      }
      if (!LOOKS_LIKE_SYMBOL.test(name)) return name
      const matches = new Set([...seen, ...listened].filter(type => String(type) === name))
      if (matches.size !== 1)
        throw new CannotReplay(`${name} is ${matches.size ? 'more than one symbol' : 'not known here'}`)
      return [...matches][0]
    },
  }
}
