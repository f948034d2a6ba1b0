import { Flag } from '@playhead/shared/model/event'
import { apply, getOwn, getPrototype, scope } from '../natives'
import type { Encoder } from './encoder'
import { className, inheritedValue } from './safe-read'

/** Kinds of object that plain JSON does not know. */
type Form = 'plain' | 'date' | 'regexp' | 'map' | 'set' | 'view' | 'buffer' | 'error' | 'node' | 'global' | 'instance'

const getter = (prototype: object | undefined, key: PropertyKey) =>
  prototype && (Object.getOwnPropertyDescriptor(prototype, key)?.get as (() => unknown) | undefined)

const TypedArray = Object.getPrototypeOf(Uint8Array.prototype) as object
const native = {
  time: Date.prototype.getTime,
  iso: Date.prototype.toISOString,
  source: getter(RegExp.prototype, 'source'),
  mapEntries: Map.prototype.entries,
  mapNext: Object.getPrototypeOf(new Map().entries()).next as () => IteratorResult<[unknown, unknown]>,
  mapSize: getter(Map.prototype, 'size'),
  setValues: Set.prototype.values,
  setNext: Object.getPrototypeOf(new Set().values()).next as () => IteratorResult<unknown>,
  setSize: getter(Set.prototype, 'size'),
  viewType: getter(TypedArray, Symbol.toStringTag),
  viewLength: getter(TypedArray, 'length'),
  dataLength: getter(DataView.prototype, 'byteLength'),
  dataByte: DataView.prototype.getUint8,
  bufferLength: getter(ArrayBuffer.prototype, 'byteLength'),
  isView: ArrayBuffer.isView,
  description: getter(Symbol.prototype, 'description'),
  nodeName: getter(scope.Node?.prototype, 'nodeName'),
  attribute: scope.Element?.prototype.getAttribute,
  stack:
    getter(Error.prototype, 'stack') ??
    (Object.getOwnPropertyDescriptor(new Error(), 'stack')?.get as (() => unknown) | undefined),
}
const REGEXP_FLAGS = (
  [
    ['hasIndices', 'd'],
    ['global', 'g'],
    ['ignoreCase', 'i'],
    ['multiline', 'm'],
    ['dotAll', 's'],
    ['unicode', 'u'],
    ['unicodeSets', 'v'],
    ['sticky', 'y'],
  ] as const
).map(([key, letter]) => [getter(RegExp.prototype, key), letter] as const)

const NATIVE_FORMS: [object | undefined, Form][] = [
  [Date.prototype, 'date'],
  [RegExp.prototype, 'regexp'],
  [Map.prototype, 'map'],
  [Set.prototype, 'set'],
  [TypedArray, 'view'],
  [DataView.prototype, 'view'],
  [ArrayBuffer.prototype, 'buffer'],
  [Error.prototype, 'error'],
  [scope.Node?.prototype, 'node'],
]
const CHAIN = 16
/** Longest name of a class, function or node. */
const NAME = 256

/** What objects with this prototype are. A prototype says what to try; the object itself is checked by the native it is given to. */
const forms = new WeakMap<object, Form>()

function formOf(object: object): Form {
  if (object === globalThis) return 'global'
  const prototype = getPrototype(object) as object | null
  if (prototype === null) return 'plain'
  let form = forms.get(prototype)
  if (form === undefined) forms.set(prototype, (form = classify(prototype)))
  return form
}

function classify(prototype: object): Form {
  let at: object | null = prototype
  for (let i = 0; i < CHAIN && at !== null; i++) {
    for (const [known, form] of NATIVE_FORMS) if (known === at) return form
    const next = getPrototype(at) as object | null
    // Object.prototype of another realm (an iframe).
    if (i === 0 && next === null && getOwn(at, 'hasOwnProperty') !== undefined) return 'plain'
    at = next
  }
  return 'instance'
}

/** Functions, symbols and objects that are neither plain nor arrays. May throw what a Proxy throws. */
export function writeExotic(to: Encoder, value: symbol | object, depth: number): void {
  if (typeof value === 'symbol') {
    to.flags |= Flag.opaque
    tagged(to, 'symbol', String(apply(native.description as () => unknown, value, []) ?? ''))
    return
  }
  if (typeof value === 'function') {
    to.flags |= Flag.opaque
    tagged(to, 'function', functionName(value))
    return
  }
  const form = formOf(value)
  if (form === 'plain') {
    to.properties(value, depth)
    return
  }
  const start = to.pos
  try {
    writers[form](to, value as never, depth)
  } catch {
    // Has the prototype, but is not the thing (a Proxy, Object.create(Date.prototype)).
    to.pos = start
    instance(to, value, depth)
  }
}

const writers: Record<Exclude<Form, 'plain'>, (to: Encoder, value: never, depth: number) => void> = {
  date(to, value: Date) {
    const time = apply(native.time, value, []) as number
    if (Number.isNaN(time)) to.ascii('{"$ph":"date","v":null}')
    else to.ascii(`{"$ph":"date","v":"${apply(native.iso, value, [])}"}`)
  },
  regexp(to, value: RegExp) {
    const source = apply(native.source as () => unknown, value, []) as string
    let flags = ''
    for (const [get, letter] of REGEXP_FLAGS) if (get && apply(get, value, [])) flags += letter
    to.ascii('{"$ph":"regexp","v":[')
    to.string(source)
    to.ascii(`,"${flags}"]}`)
  },
  map(to, value: Map<unknown, unknown>, depth) {
    const size = apply(native.mapSize as () => unknown, value, []) as number
    const entries = apply(native.mapEntries, value, [])
    to.ascii('{"$ph":"map","v":[')
    let i = 0
    for (; i < size && i < to.limits.entries && to.pos <= to.soft; i++) {
      const [key, entry] = (apply(native.mapNext, entries, []) as IteratorResult<[unknown, unknown]>).value as [
        unknown,
        unknown,
      ]
      to.ascii(i > 0 ? ',[' : '[')
      to.value(key, depth + 1)
      to.ascii(',')
      const rule = typeof key === 'string' ? to.redacts(key) : ''
      if (rule) to.redacted(rule)
      else to.value(entry, depth + 1)
      to.ascii(']')
    }
    to.restDropped(size - i, i > 0)
    to.ascii(']}')
  },
  set(to, value: Set<unknown>, depth) {
    const size = apply(native.setSize as () => unknown, value, []) as number
    const values = apply(native.setValues, value, [])
    to.ascii('{"$ph":"set","v":[')
    let i = 0
    for (; i < size && i < to.limits.entries && to.pos <= to.soft; i++) {
      if (i > 0) to.ascii(',')
      to.value((apply(native.setNext, values, []) as IteratorResult<unknown>).value, depth + 1)
    }
    to.restDropped(size - i, i > 0)
    to.ascii(']}')
  },
  view(to, value: ArrayBufferView, depth) {
    const type = apply(native.viewType as () => unknown, value, []) as string | undefined
    if (type !== undefined) {
      bytes(to, type, apply(native.viewLength as () => unknown, value, []) as number, i => (value as Uint8Array)[i])
    } else {
      const length = apply(native.dataLength as () => unknown, value, []) as number
      bytes(to, 'DataView', length, i => apply(native.dataByte, value, [i]))
    }
    void depth
  },
  buffer(to, value: ArrayBuffer) {
    const view = new Uint8Array(value, 0, apply(native.bufferLength as () => unknown, value, []) as number)
    bytes(to, 'ArrayBuffer', view.length, i => view[i])
  },
  error(to, value: Error, depth) {
    to.ascii('{"$ph":"error","name":')
    to.string(text(inheritedValue(value, 'name')))
    to.ascii(',"message":')
    to.string(text(inheritedValue(value, 'message')))
    to.ascii(',"stack":')
    to.string(stackOf(value))
    to.ascii(',"v":')
    to.properties(errorDetails(value), depth)
    to.ascii('}')
  },
  node(to, value: Node) {
    let name = text(apply(native.nodeName as () => unknown, value, [])).toLowerCase()
    for (const [attribute, sign] of [
      ['id', '#'],
      ['class', '.'],
    ] as const) {
      try {
        const found = native.attribute && (apply(native.attribute, value, [attribute]) as string | null)
        if (found) name += sign + found.trim().replace(/\s+/g, '.')
      } catch {
        // A text node or document has no attributes.
      }
    }
    to.flags |= Flag.opaque
    tagged(to, 'node', name)
  },
  global(to) {
    to.flags |= Flag.opaque
    to.ascii('{"$ph":"instance","type":"globalThis","v":{}}')
  },
  instance,
}

function instance(to: Encoder, value: object, depth: number): void {
  to.flags |= Flag.opaque
  to.ascii('{"$ph":"instance","type":')
  to.quotedUpTo(className(value), NAME, to.buf.length)
  to.ascii(',"v":')
  to.properties(value, depth)
  to.ascii('}')
}

function tagged(to: Encoder, tag: string, name: string): void {
  to.ascii(`{"$ph":"${tag}","v":`)
  to.quotedUpTo(name, NAME, to.buf.length)
  to.ascii('}')
}

function functionName(value: object): string {
  try {
    return text(getOwn(value, 'name')?.value)
  } catch {
    return ''
  }
}

function bytes(to: Encoder, type: string, length: number, read: (i: number) => unknown): void {
  to.ascii(`{"$ph":"bytes","type":"${type}","v":[`)
  let i = 0
  for (; i < length && i < to.limits.entries && to.pos <= to.soft; i++) {
    if (i > 0) to.ascii(',')
    to.value(read(i), 0)
  }
  to.restDropped(length - i, i > 0)
  to.ascii(']}')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** V8 writes the stack when it is first read, through `Error.prepareStackTrace` if the page has one; that may throw. */
function stackOf(error: Error): string {
  try {
    const own = getOwn(error, 'stack')
    if (own !== undefined && own.get === undefined) return text(own.value)
    const read = own?.get
    if (native.stack === undefined || (read !== undefined && read !== native.stack)) return ''
    return text(apply(native.stack, error, []))
  } catch {
    return ''
  }
}

/** Own properties besides the usual ones; `cause` and `errors` are not enumerable, but worth more than the rest. */
function errorDetails(error: Error): object {
  const details: Record<string, unknown> = Object.create(null)
  for (const key in error) {
    if (key !== 'name' && key !== 'message' && key !== 'stack') copy(error, key, details)
  }
  copy(error, 'cause', details)
  copy(error, 'errors', details)
  return details
}

function copy(from: object, key: string, to: object): void {
  const own = getOwn(from, key)
  if (own) Object.defineProperty(to, key, { ...own, enumerable: true, configurable: true })
}
