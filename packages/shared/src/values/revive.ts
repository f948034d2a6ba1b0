import { CUT_KEY, TAG, unescapeKey } from './tags'

/** Levels to which values may nest; the encoder's limit is lower. */
const DEEPEST = 200
/** Digits that a BigInt may have: making one takes more than linear time. */
const DIGITS = 5000
const NUMBERS: Record<string, number> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
}
const VIEWS: ReadonlyMap<unknown, ViewType | undefined> = new Map(
  [
    'Int8',
    'Uint8',
    'Uint8Clamped',
    'Int16',
    'Uint16',
    'Int32',
    'Uint32',
    'Float16',
    'Float32',
    'Float64',
    'BigInt64',
    'BigUint64',
  ].map(
    name => [`${name}Array`, (globalThis as unknown as Record<string, ViewType | undefined>)[`${name}Array`]] as const,
  ),
)
type ViewType = { new (length: number): { [i: number]: unknown; buffer: ArrayBuffer } }
type JsonRecord = Record<string, unknown>

const ERRORS = new Map(
  [TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError].map(Type => [
    Type.name,
    Type as ErrorConstructor,
  ]),
)

const { defineProperty, hasOwn, keys } = Object
const { isArray } = Array
const parse = JSON.parse

/**
 * Makes a live value of payload text (values/tags) again, as far as text can. `whole` is false where something was lost. Functions,
 * nodes, getters and what was cut become undefined, a cut string its beginning, a class instance what was written of it, what was redacted
 * the text `[redacted]`. Every member is an own data property, `__proto__` included: no prototype is ever set. Throws an Error for what is not
 * JSON or nests deeper than 200 levels.
 */
export function revive(text: string): { value: unknown; whole: boolean } {
  const reviver = new Reviver()
  const value = reviver.value(parse(text), 0)
  return { value, whole: reviver.whole }
}

class Reviver {
  whole = true
  /** The objects that hold the present value, by depth, outermost first: what `cycle` refers to. */
  private readonly holders: unknown[] = []

  value(json: unknown, depth: number): unknown {
    if (typeof json !== 'object' || json === null) return json
    if (depth > DEEPEST) throw new Error(`The value nests deeper than ${DEEPEST} levels`)
    if (isArray(json)) return this.array(json, depth)
    return hasOwn(json, TAG) ? this.tagged(json as JsonRecord, depth) : this.object(json as JsonRecord, depth)
  }

  private array(list: unknown[], depth: number): unknown[] {
    this.holders[depth] = list
    if (isRest(list.at(-1))) {
      list.pop()
      this.whole = false
    }
    for (let i = 0; i < list.length; i++) {
      const item = list[i]
      if (typeof item !== 'object' || item === null) continue
      if (tagOf(item) === 'hole') delete list[i]
      else own(list, i, this.value(item, depth + 1))
    }
    return list
  }

  private object(tree: JsonRecord, depth: number): object {
    return this.members({}, tree, depth)
  }

  private members(target: object, tree: JsonRecord, depth: number): object {
    this.holders[depth] = target
    for (const key of keys(tree)) {
      if (key === CUT_KEY) this.whole = false
      else own(target, unescapeKey(key), this.value(tree[key], depth + 1))
    }
    return target
  }

  private tagged(json: JsonRecord, depth: number): unknown {
    const { v } = json
    switch (json[TAG]) {
      case 'undefined':
        return undefined
      case 'number':
        return typeof v === 'string' && hasOwn(NUMBERS, v) ? NUMBERS[v] : this.lost()
      case 'bigint':
        return typeof v === 'string' && v.length <= DIGITS && /^-?\d+$/.test(v) ? BigInt(v) : this.lost()
      case 'date':
        return this.date(v)
      case 'regexp':
        return this.regexp(v)
      case 'map':
        return this.map(v, depth)
      case 'set':
        return this.set(v, depth)
      case 'bytes':
        return this.bytes(json.type, v)
      case 'error':
        return this.error(json, depth)
      case 'cycle':
        return this.cycle(v, depth)
      case 'instance':
        this.whole = false
        if (isTree(v) && !hasOwn(v, TAG)) return this.members({}, v, depth)
        this.holders[depth] = undefined
        return this.value(v, depth + 1)
      case 'sparse':
        return this.sparse(json.length, v, depth)
      case 'symbol':
        return this.lost(Symbol(typeof v === 'string' ? v : ''))
      case 'redacted':
        return this.lost('[redacted]')
      case 'string':
        return this.lost(typeof v === 'string' ? v : undefined)
      default:
        return this.lost()
    }
  }

  private sparse(length: unknown, v: unknown, depth: number): unknown {
    if (typeof length !== 'number' || length >>> 0 !== length || !isTree(v)) return this.lost()
    const list: unknown[] = []
    list.length = length
    this.holders[depth] = list
    for (const key of keys(v)) {
      if (/^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < length) own(list, key, this.value(v[key], depth + 1))
      else this.whole = false
    }
    return list
  }

  /** Notes that a value cannot be given back, and returns what stands in its place. */
  private lost(instead?: unknown): unknown {
    this.whole = false
    return instead
  }

  private date(v: unknown): unknown {
    if (v === null) return new Date(Number.NaN)
    const time = typeof v === 'string' ? Date.parse(v) : Number.NaN
    return time - time === 0 ? new Date(time) : this.lost()
  }

  private regexp(v: unknown): unknown {
    const [source, flags] = isArray(v) ? v : []
    if (typeof source !== 'string' || typeof flags !== 'string') return this.lost()
    try {
      return new RegExp(source, flags)
    } catch {
      return this.lost()
    }
  }

  /** The entries of a list in a tagged value, without the mark that says how many were cut. */
  private entries(v: unknown): unknown[] {
    const list = isArray(v) ? v : (this.lost([]) as unknown[])
    if (!isRest(list.at(-1))) return list
    this.whole = false
    return list.slice(0, -1)
  }

  private map(v: unknown, depth: number): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>()
    this.holders[depth] = map
    for (const entry of this.entries(v)) {
      if (!isArray(entry) || entry.length !== 2) this.lost()
      else map.set(this.value(entry[0], depth + 1), this.value(entry[1], depth + 1))
    }
    return map
  }

  private set(v: unknown, depth: number): Set<unknown> {
    const set = new Set<unknown>()
    this.holders[depth] = set
    for (const item of this.entries(v)) set.add(this.value(item, depth + 1))
    return set
  }

  private bytes(type: unknown, v: unknown): unknown {
    const raw = type === 'ArrayBuffer' || type === 'DataView'
    const View = raw ? VIEWS.get('Uint8Array') : VIEWS.get(type)
    if (!View) return this.lost()
    const items = this.entries(v)
    const view = new View(items.length)
    const big = type === 'BigInt64Array' || type === 'BigUint64Array'
    for (let i = 0; i < items.length; i++) {
      const tag = tagOf(items[i])
      const item = tag === 'number' || tag === 'bigint' ? this.tagged(items[i] as JsonRecord, 0) : items[i]
      if (typeof item === (big ? 'bigint' : 'number')) view[i] = item
      else this.whole = false
    }
    if (!raw) return view
    return type === 'DataView' ? new DataView(view.buffer) : view.buffer
  }

  private error({ name, message, stack, v }: JsonRecord, depth: number): Error {
    const called = this.text(name)
    const error = new (ERRORS.get(called) ?? Error)(this.text(message))
    if (error.name !== called) own(error, 'name', called, false)
    own(error, 'stack', this.text(stack), false)
    this.holders[depth] = error
    if (isTree(v)) this.members(error, v, depth)
    else this.whole = false
    return error
  }

  private text(json: unknown): string {
    if (typeof json === 'string') return json
    this.whole = false
    return tagOf(json) === 'string' && typeof (json as JsonRecord).v === 'string'
      ? ((json as JsonRecord).v as string)
      : ''
  }

  private cycle(v: unknown, depth: number): unknown {
    const level = typeof v === 'number' ? depth - v : -1
    return Number.isInteger(level) && level >= 0 && level < depth ? this.holders[level] : this.lost()
  }
}

function tagOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && hasOwn(json, TAG) ? (json as JsonRecord)[TAG] : undefined
}

function isTree(json: unknown): json is JsonRecord {
  return typeof json === 'object' && json !== null && !isArray(json)
}

/** The last entry of a list that was cut. */
function isRest(json: unknown): boolean {
  return tagOf(json) === 'cut' && (json as JsonRecord).type === 'elements'
}

function own(target: object, key: PropertyKey, value: unknown, enumerable = true): void {
  defineProperty(target, key, { value, enumerable, writable: true, configurable: true })
}
