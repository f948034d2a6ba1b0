import { CUT_KEY, TAG } from './tags'

/** Tags of values that can be rebuilt from text completely. Every other tag, known or not, stands for something that was lost. */
const WHOLE = new Set<unknown>([
  'undefined',
  'hole',
  'sparse',
  'number',
  'bigint',
  'date',
  'regexp',
  'map',
  'set',
  'bytes',
  'error',
  'cycle',
])

/**
 * Tells whether the whole value can be rebuilt from payload text (values/tags): nothing was cut, redacted, opaque or unreadable. False for
 * text that is not JSON.
 */
export function isWhole(text: string): boolean {
  // A tag stands in the text as it is, or with one of its ASCII characters escaped as \u00….
  if (!text.includes(TAG) && !text.includes('\\u00')) return true
  let tree: unknown
  try {
    tree = JSON.parse(text)
  } catch {
    return false
  }
  const open = [tree]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value)) {
      if (Object.hasOwn(value, TAG) && !WHOLE.has((value as Record<string, unknown>)[TAG])) return false
      if (Object.hasOwn(value, CUT_KEY)) return false
    }
    for (const member of Object.values(value)) open.push(member)
  }
  return true
}
