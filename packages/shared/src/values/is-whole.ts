import { CUT_KEY, TAG } from './tags'

/** Tags of values that text rebuilds completely. All others, known or not, stand for something lost. */
const WHOLE = new Set<unknown>([
  'undefined',
  'hole',
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
 * Whether payload text (values/tags) rebuilds all of the value: nothing cut, redacted, opaque or unreadable. False for what is not JSON.
 */
export function isWhole(text: string): boolean {
  // The only other way to write a tag is to escape one of its characters.
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
