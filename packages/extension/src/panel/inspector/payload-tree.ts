import { comparableOf } from '@playhead/shared/filter/compare'
import { parseExact } from '@playhead/shared/values/exact'
import { mapKey } from '@playhead/shared/values/plain'
import { CUT_KEY, TAG, unescapeKey } from '@playhead/shared/values/tags'
import { visible } from '../widgets/format'

/*
 * A payload arrives as tagged JSON: JSON in which what JSON cannot say is an object with the key TAG (`@playhead/shared/values/tags`), and a
 * key of the app's that looks like it is escaped. This makes a tree of lines of it, each made only when the line above it is opened:
 *
 *     {"at":{"$ph":"date","v":"2024-…"},"rows":[0,1,…,249]}
 *
 *     {at, rows}                    object    children: entriesOf
 *     ├ at: 2024-…                  date      tagged: a leaf, for a date holds nothing
 *     └ rows: Array(250)            array     children: grouped, because more than 100 entries
 *        ├ 0 … 99                   group     a line without a value of its own
 *        │  ├ 0: 0                  number    path ['rows', '0'], whatever group it is in
 *        │  └ …
 *        ├ 100 … 199
 *        └ 200 … 249
 *
 * A line knows its path, by which filters and columns find the same value. Inside of a Map with objects as keys they do not look:
 * lines there are `outOfReach`, and have no `value` to filter by. Nothing here trusts the text: every name and value goes
 * through `visible`, is cut to 500 characters, and an unknown tag is an object like any other.
 */

/** One line of a payload's tree. `children` is there only where the line can be opened. */
export interface TreeNode {
  /** The property's name or the index; empty for the payload itself. */
  key: string
  /** `array`, `object`, `string`, `number`, `boolean`, `null`, or what a tagged value stands for. */
  kind: string
  /** What the line says of the value, with invisible characters made visible. */
  text: string
  /** How many entries a container has, or characters a text; else 0. */
  size: number
  /** The keys and indexes that lead to the value from the payload itself. */
  path: readonly string[]
  /** The value itself, where it is plain and can be filtered by. */
  value?: string | number | bigint | boolean | null
  /** Inside of what filters and columns do not look into: a map, a set, bytes, an error's properties. */
  outOfReach?: true
  /** The value as it stands in the payload's text, for copying; absent for a group of entries. */
  raw?: unknown
  /** Makes the nodes below this one; they are made once. */
  children?: () => readonly TreeNode[]
}

/** Entries of one group, so that opening a big array draws a hundred lines and not a million. */
const GROUP = 100
const LONGEST = 500

/** The tree of a payload's tagged JSON text. Never throws: text that is no JSON is shown as it is. */
export function payloadTree(text: string): TreeNode {
  try {
    return nodeOf('', [], parseExact(text))
  } catch {
    return { key: '', kind: 'not JSON', text: visible(text.slice(0, LONGEST)), size: 0, path: [] }
  }
}

/** Makes the line of one value inside a payload. */
export function nodeOf(key: string, path: readonly string[], value: unknown, inReach = true): TreeNode {
  const at: At = { key: visible(key), path, raw: value, ...(!inReach && { outOfReach: true }) }
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { ...at, ...plainLine(value), ...(inReach && { value }) }
  if (Array.isArray(value)) {
    const entries = () => value.map((item, index): NodeEntry => [String(index), item])
    return container(at, 'array', `Array(${value.length})`, value.length, entries)
  }
  const object = value as Record<string, unknown>
  if (Object.hasOwn(object, TAG)) return tagged(at, object)
  return container(at, 'object', summary(object), Object.keys(object).length, () => entriesOf(object))
}

function plainLine(value: string | number | boolean | null): Pick<TreeNode, 'kind' | 'text' | 'size'> {
  if (value === null) return { kind: 'null', text: 'null', size: 0 }
  if (typeof value === 'string') return { kind: 'string', text: quoted(value), size: value.length }
  return { kind: typeof value, text: String(value), size: 0 }
}

type NodeEntry = [key: string, value: unknown]

function entriesOf(object: Record<string, unknown>): NodeEntry[] {
  return Object.keys(object).map(
    (key): NodeEntry => [key === CUT_KEY ? '…' : unescapeKey(key), cutValue(key, object[key])],
  )
}

function cutValue(key: string, value: unknown): unknown {
  return key === CUT_KEY ? { [TAG]: 'cut', type: 'entries', size: value } : value
}

interface At {
  key: string
  path: readonly string[]
  raw: unknown
  outOfReach?: true
}

function container(
  at: At,
  kind: string,
  text: string,
  size: number,
  entries: () => NodeEntry[],
  inReach = !at.outOfReach,
): TreeNode {
  return size === 0
    ? { ...at, kind, text: kind === 'array' ? '[]' : text, size }
    : { ...at, kind, text, size, children: once(() => grouped(at.path, entries(), inReach)) }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function grouped(path: readonly string[], entries: NodeEntry[], inReach: boolean): TreeNode[] {
  const nodes = (part: NodeEntry[]) => part.map(([key, value]) => nodeOf(key, [...path, key], value, inReach))
  if (entries.length <= GROUP) return nodes(entries)
  const groups: TreeNode[] = []
  for (let from = 0; from < entries.length; from += GROUP) {
    const part = entries.slice(from, from + GROUP)
    const name = `${from} … ${from + part.length - 1}`
    groups.push({ key: name, kind: 'group', text: '', size: part.length, path, children: once(() => nodes(part)) })
  }
  return groups
}

function summary(object: Record<string, unknown>): string {
  const keys = Object.keys(object)
  const shown = keys.slice(0, 4).map(key => visible(key.slice(0, 30)))
  return `{${shown.join(', ')}${keys.length > shown.length ? ', …' : ''}}`
}

function quoted(value: string): string {
  const rest = value.length - LONGEST
  return visible(`"${value.slice(0, LONGEST)}"`) + (rest > 0 ? `… ${rest} more characters` : '')
}

const plain = (value: unknown) => visible(String(value ?? '').slice(0, LONGEST))

function tagged(at: At, object: Record<string, unknown>): TreeNode {
  const { v, type, size } = object
  const leaf = (kind: string, text: string): TreeNode => ({ ...at, kind, text, size: 0 })
  const list = Array.isArray(v) ? v : []
  const closed = (kind: string, text: string, length: number, entries: () => NodeEntry[]) =>
    container(at, kind, text, length, entries, false)
  const items = (): NodeEntry[] => list.map((item, index): NodeEntry => [String(index), item])
  switch (object[TAG]) {
    case 'undefined':
      return leaf('undefined', 'undefined')
    case 'hole':
      return leaf('hole', '(empty)')
    case 'number':
      return { ...leaf('number', plain(v)), ...comparable(at, object) }
    case 'bigint':
      return { ...leaf('bigint', `${plain(v)}n`), ...comparable(at, object) }
    case 'symbol':
      return leaf('symbol', `Symbol(${plain(v)})`)
    case 'date':
      return { ...leaf('date', v === null ? 'Invalid Date' : plain(v)), ...comparable(at, object) }
    case 'regexp':
      return leaf('regexp', `/${plain(list[0])}/${plain(list[1])}`)
    case 'map': {
      const keyed = mapEntries(list)
      const text = `Map(${list.length})`
      if (keyed) return container(at, 'map', text, list.length, () => keyed)
      return closed('map', text, list.length, items)
    }
    case 'sparse': {
      const own = (v ?? {}) as Record<string, unknown>
      const entries = entriesOf(own)
      return container(
        at,
        'array',
        `${plain(object.length)} elements, ${entries.length} of them there`,
        entries.length,
        () => entries,
      )
    }
    case 'set':
      return container(at, 'set', `Set(${list.length})`, list.length, items)
    case 'bytes':
      return container(at, 'bytes', `${plain(type)}(${list.length})`, list.length, items)
    case 'error':
      return {
        ...at,
        ...{ kind: 'error', text: `${plain(object.name)}: ${plain(object.message)}`, size: 2 },
        children: once(() => [
          nodeOf('stack', [...at.path, 'stack'], object.stack, !at.outOfReach),
          nodeOf('properties', [...at.path, 'properties'], v ?? {}, false),
        ]),
      }
    case 'function':
      return leaf('function', `ƒ ${plain(v)}()`)
    case 'node':
      return leaf('node', `<${plain(v)}>`)
    case 'instance': {
      if (typeof v !== 'object' || v === null || Array.isArray(v) || Object.hasOwn(v, TAG)) {
        const node = nodeOf(at.key, at.path, v, !at.outOfReach)
        return { ...node, kind: 'instance', text: `${plain(type)} ${node.text}`, raw: at.raw }
      }
      const own = v as Record<string, unknown>
      return container(at, 'instance', `${plain(type)} ${summary(own)}`, Object.keys(own).length, () => entriesOf(own))
    }
    case 'cycle':
      return leaf('cycle', `↩ ${plain(v)} up: the value that holds this`)
    case 'getter':
      return leaf('getter', '(getter, not called)')
    case 'redacted':
      return leaf('redacted', '•••• redacted')
    case 'cut':
      return leaf('cut', `✂ ${plain(type)} cut${Number(size) >= 0 ? `: ${plain(size)} in all` : ''}`)
    case 'string':
      return leaf('string', `"${plain(v)}"✂ ${plain(size)} characters in all`)
    case 'threw':
      return leaf('threw', `(reading threw: ${plain(v)})`)
    default:
      return closed('object', summary(object), Object.keys(object).length, () => entriesOf(object))
  }
}

/** The value to filter by, where filters look: BigInts, numbers of many digits, dates. */
function comparable(at: At, tagged: unknown): Pick<TreeNode, 'value'> {
  const value = at.outOfReach ? undefined : comparableOf(tagged)
  return value === undefined || Number.isNaN(value) ? {} : { value }
}

/** The entries of a Map by their keys; undefined where a key is an object, or two look alike: then they stand by number. */
function mapEntries(list: readonly unknown[]): NodeEntry[] | undefined {
  const entries = list.map((pair): NodeEntry | undefined => {
    const key = Array.isArray(pair) ? mapKey(pair[0]) : undefined
    return key === undefined ? undefined : [key, (pair as unknown[])[1]]
  })
  const known = entries.filter(entry => entry !== undefined)
  return known.length === list.length && new Set(known.map(([key]) => key)).size === list.length ? known : undefined
}
