import { CUT_KEY, TAG, unescapeKey } from './tags'

/** Levels that are written; what is deeper stands as `…`. */
const DEEPEST = 200

/**
 * Writes a parsed payload value (values/tags) as a person would: JSON, in which a BigInt is its digits, a date its text, a Map an object or a
 * list of pairs, a Set a list, an error and an instance their properties, and what JSON has no word for a short text. Nothing of the tags
 * is in it, so it cannot be read back: files have the tags. `indent`: spaces for each level, 0: all in one line.
 */
export function plainJson(value: unknown, indent = 0): string {
  return write(value, indent, 0)
}

/** Writes a value for a cell or the clipboard: a text as it is, without quotes; all else as `plainJson` does. */
export function plainText(value: unknown, indent = 0): string {
  if (typeof value === 'string') return value
  const tag = tagOf(value)
  if (tag === 'instance' && typeof (value as Tagged).v === 'string') return (value as Tagged).v as string
  if (tag === 'bigint') return `${String((value as Tagged).v)}n`
  if (tag !== undefined) {
    const word = wordOf(value as Tagged)
    if (word !== undefined) return word
  }
  return plainJson(value, indent)
}

interface Tagged {
  [TAG]: unknown
  v?: unknown
  type?: unknown
  size?: unknown
  name?: unknown
  message?: unknown
  stack?: unknown
}

function write(value: unknown, indent: number, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (depth > DEEPEST) return '"…"'
  if (Array.isArray(value)) return list(value, indent, depth)
  if (Object.hasOwn(value, TAG)) return tagged(value as Tagged, indent, depth)
  return members(value as Record<string, unknown>, indent, depth)
}

function members(object: Record<string, unknown>, indent: number, depth: number): string {
  const parts = Object.keys(object).map(key => {
    const own = key === CUT_KEY ? '…' : unescapeKey(key)
    const written =
      key === CUT_KEY ? JSON.stringify(`${String(object[key])} more`) : write(object[key], indent, depth + 1)
    return `${JSON.stringify(own)}:${indent > 0 ? ' ' : ''}${written}`
  })
  return bracketed('{', parts, '}', indent, depth)
}

function list(items: readonly unknown[], indent: number, depth: number): string {
  return bracketed(
    '[',
    items.map(item => write(item, indent, depth + 1)),
    ']',
    indent,
    depth,
  )
}

function bracketed(open: string, parts: readonly string[], close: string, indent: number, depth: number): string {
  if (parts.length === 0) return open + close
  if (indent === 0) return open + parts.join(',') + close
  const line = `\n${' '.repeat(indent * (depth + 1))}`
  return `${open}${line}${parts.join(`,${line}`)}\n${' '.repeat(indent * depth)}${close}`
}

function tagged(value: Tagged, indent: number, depth: number): string {
  const { v } = value
  const items = Array.isArray(v) ? v : []
  switch (value[TAG]) {
    case 'undefined':
    case 'hole':
      return 'null'
    case 'number':
    case 'bigint':
      return typeof v === 'string' && /^-?\d+$/.test(v) ? v : JSON.stringify(String(v))
    case 'map': {
      const keys = items.map(entry => (Array.isArray(entry) ? mapKey(entry[0]) : undefined))
      if (keys.includes(undefined) || new Set(keys).size < keys.length) return list(items, indent, depth)
      const parts = items.map(
        (entry, i) => `${JSON.stringify(keys[i])}:${indent > 0 ? ' ' : ''}${write(entry[1], indent, depth + 1)}`,
      )
      return bracketed('{', parts, '}', indent, depth)
    }
    case 'set':
    case 'bytes':
      return list(items, indent, depth)
    case 'instance':
    case 'sparse':
      return write(v ?? {}, indent, depth)
    case 'error': {
      const { name, message, stack } = value
      const own = typeof v === 'object' && v !== null ? (v as Record<string, unknown>) : {}
      return members({ name, message, stack, ...own }, indent, depth)
    }
    default:
      return JSON.stringify(wordOf(value) ?? '…')
  }
}

/** The key of a Map's entry as text; undefined where it is an object. */
export function mapKey(key: unknown): string | undefined {
  if (typeof key !== 'object' || key === null) return String(key)
  const tag = tagOf(key)
  const { v } = key as Tagged
  if (tag === 'bigint' || tag === 'number' || tag === 'date') return String(v)
  return tag === 'undefined' ? 'undefined' : undefined
}

/** What a value without parts is called in one word; undefined where it has parts. */
function wordOf({ [TAG]: tag, v, type, size }: Tagged): string | undefined {
  const [source, flags] = Array.isArray(v) ? v : []
  switch (tag) {
    case 'undefined':
      return 'undefined'
    case 'hole':
      return ''
    case 'number':
      return String(v)
    case 'date':
      return v === null ? 'Invalid Date' : String(v)
    case 'symbol':
      return `Symbol(${String(v ?? '')})`
    case 'regexp':
      return `/${String(source)}/${String(flags)}`
    case 'function':
      return `ƒ ${String(v ?? '')}()`
    case 'node':
      return `<${String(v)}>`
    case 'cycle':
      return '↩'
    case 'getter':
      return '(getter)'
    case 'redacted':
      return '[redacted]'
    case 'cut':
      return Number(size) >= 0 ? `(${String(type)} cut: ${String(size)} in all)` : `(${String(type)} cut)`
    case 'string':
      return `${String(v)}…`
    case 'threw':
      return `(reading threw: ${String(v)})`
    default:
      return undefined
  }
}

function tagOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, TAG) ? (value as Tagged)[TAG] : undefined
}
