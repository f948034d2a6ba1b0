/** One place where two values differ. */
export interface Difference {
  /** Where: `accounts.b1.balance`, `rows[3].id`; empty where the values themselves differ. */
  path: string
  /** The value at that place of each side; undefined where the side has none. */
  a: unknown
  b: unknown
}

/** Two values at the same place, still to be compared. `holder` is the pair of objects that hold them under `key`. */
interface Pair {
  a: unknown
  b: unknown
  key: string | number
  holder: Pair | undefined
}

/**
 * Returns the places where two payloads or states differ, in their order, at most `max`. Both are parsed JSON with its tags (values/tags),
 * not revived values. The order of an object's keys means nothing; that of arrays, Maps and Sets does.
 */
export function differences(a: unknown, b: unknown, max: number): Difference[] {
  const found: Difference[] = []
  // A stack in place of recursion, because a hostile value may be nested deeper than the call stack allows.
  const open: Pair[] = [{ a, b, key: '', holder: undefined }]
  while (open.length > 0 && found.length < max) {
    const pair = open.pop()!
    if (pair.a === pair.b) continue
    const inside = isTree(pair.a) && isTree(pair.b) && Array.isArray(pair.a) === Array.isArray(pair.b)
    if (inside) openMembers(open, pair, pair.a as JsonTree, pair.b as JsonTree)
    else found.push({ path: pathOf(pair), a: pair.a, b: pair.b })
  }
  return found
}

type JsonTree = Record<string, unknown> | unknown[]

function isTree(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** Puts the members that may differ on the stack, the last one first, so that the first comes off it first. */
function openMembers(open: Pair[], holder: Pair, a: JsonTree, b: JsonTree): void {
  const start = open.length
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = Math.max(a.length, b.length) - 1; i >= 0; i--) {
      if (a[i] !== b[i]) open.push({ a: a[i], b: b[i], key: i, holder })
    }
    return
  }
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  for (const key of Object.keys(left)) {
    const other = Object.hasOwn(right, key) ? right[key] : undefined
    if (left[key] !== other) open.push({ a: left[key], b: other, key, holder })
  }
  for (const key of Object.keys(right)) {
    if (!Object.hasOwn(left, key)) open.push({ a: undefined, b: right[key], key, holder })
  }
  for (let low = start, high = open.length - 1; low < high; low++, high--) {
    const swap = open[low]!
    open[low] = open[high]!
    open[high] = swap
  }
}

/** The path to a pair, as `Difference` has it. */
function pathOf(pair: Pair): string {
  const steps: string[] = []
  for (let at: Pair = pair; at.holder; at = at.holder) {
    if (typeof at.key === 'number') steps.push(`[${at.key}]`)
    else if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(at.key)) steps.push(at.holder.holder ? `.${at.key}` : at.key)
    else steps.push(`[${JSON.stringify(at.key)}]`)
  }
  return steps.reverse().join('')
}
