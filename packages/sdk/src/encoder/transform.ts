import type { Encoder } from './encoder'

/** What is being written by a transform, and what was made of it: neither is transformed again inside. */
const made = new Set<unknown>()

/** Writes what the first transform that knows an object makes of it. Returns false where none does. May throw what the app's code throws. */
export function writeTransformed(to: Encoder, object: object, depth: number): boolean {
  if (made.has(object)) return false
  const known = to.transforms.find(({ test }) => test(object))
  if (known === undefined) return false
  const instead = known.make(object)
  made.add(object).add(instead)
  try {
    to.value(instead, depth)
  } finally {
    made.delete(object)
    made.delete(instead)
  }
  return true
}
