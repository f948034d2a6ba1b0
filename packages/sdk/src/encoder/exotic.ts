import { Flag } from '@playhead/shared/model/event'
import { apply, getOwn, getPrototype } from '../page/natives'
import type { Encoder } from './encoder'
import { errorDetails, errorText, stackOf } from './errors'
import { markCut, markDropped, markRedacted, openInstance } from './marks'
import { more, type Writer } from './more'
import { isAgain, meetHost, widen } from './passes'
import { className, ownClassName, textOf } from './safe-read'

// The platform's functions are taken when this module loads, before the page can patch them (page/natives).
const getter = (prototype: object | undefined, key: PropertyKey) => prototype && getOwn(prototype, key)?.get
const call = (native: unknown, on: unknown) => apply(native as () => never, on, [])

const date = Date.prototype
const regexp = RegExp.prototype
const map = Map.prototype
const set = Set.prototype
const view = getPrototype(Uint8Array.prototype) as object
const data = DataView.prototype

const { getTime, toISOString } = date
const source = getter(regexp, 'source')
const mapEntries = map.entries
const mapNext = getPrototype(new Map().entries()).next as unknown
const mapSize = getter(map, 'size')
const setValues = set.values
const setNext = getPrototype(new Set().values()).next as unknown
const setSize = getter(set, 'size')
const viewType = getter(view, Symbol.toStringTag)
const viewLength = getter(view, 'length')
const dataLength = getter(data, 'byteLength')
const dataByte = data.getUint8
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength')
const description = getter(Symbol.prototype, 'description')
const regexpFlags = [
  'hasIndices',
  'global',
  'ignoreCase',
  'multiline',
  'dotAll',
  'unicode',
  'unicodeSets',
  'sticky',
].map((key, i) => [getter(regexp, key), 'dgimsuvy'[i]] as const)

/** More own fields than this make an instance a host. */
const MANY_FIELDS = 32

const plain: Writer = (to, value, depth) => to.properties(value, depth)

const instance: Writer = (to, value: object, depth) => {
  const { breadth } = more
  if (depth > 0 && to.limits.host > 0 && breadth?.isHost(getPrototype(value))) {
    widen(to, true)
    breadth.writeHost(to, value)
    return
  }
  const { inside } = to
  to.inside = depth
  openInstance(to, className(value))
  const fields = to.properties(value, depth)
  to.inside = inside
  if (depth > 0 && fields > MANY_FIELDS) meetHost(to, value)
  to.ascii('}')
}

const global: Writer = to => {
  to.flags |= Flag.opaque
  to.ascii('{"$ph":"instance","type":"globalThis","v":{}}')
}

const writeView: Writer = (to, value: Uint8Array) => {
  const type = call(viewType, value) as string | undefined
  if (type !== undefined) bytes(to, type, call(viewLength, value), i => value[i])
  else bytes(to, 'DataView', call(dataLength, value), i => apply(dataByte, value, [i]))
}

const WRITERS: [object | undefined, Writer][] = [
  [
    date,
    (to, value) => {
      const time = call(getTime, value) as number
      to.ascii(`{"$ph":"date","v":${time - time === 0 ? `"${call(toISOString, value)}"` : null}}`)
    },
  ],
  [
    regexp,
    (to, value) => {
      const text = call(source, value) as string
      let flags = ''
      for (const [get, letter] of regexpFlags) if (get && call(get, value)) flags += letter
      to.ascii('{"$ph":"regexp","v":[')
      to.string(text)
      to.ascii(`,"${flags}"]}`)
    },
  ],
  [
    map,
    (to, value, depth) => {
      const entries = call(mapEntries, value)
      to.ascii('{"$ph":"map","v":[')
      list(to, call(mapSize, value), () => {
        const [key, entry] = (call(mapNext, entries) as { value: [unknown, unknown] }).value
        to.ascii('[')
        to.value(key, depth + 1)
        to.ascii(',')
        const rule = typeof key === 'string' ? to.redacts(key) : ''
        if (rule) markRedacted(to, rule)
        // Keys of Maps may be Maps: without this, the values of many levels would be written after the budget is spent.
        else if (to.pos > to.soft) markCut(to, typeof entry, -1)
        else to.value(entry, depth + 1)
        to.ascii(']')
      })
    },
  ],
  [
    set,
    (to, value, depth) => {
      const values = call(setValues, value)
      to.ascii('{"$ph":"set","v":[')
      list(to, call(setSize, value), () => to.value((call(setNext, values) as { value: unknown }).value, depth + 1))
    },
  ],
  [view, writeView],
  [data, writeView],
  [
    ArrayBuffer.prototype,
    (to, value: ArrayBuffer) => {
      const view = new Uint8Array(value, 0, call(bufferLength, value))
      bytes(to, 'ArrayBuffer', view.length, i => view[i])
    },
  ],
  [
    Error.prototype,
    (to, value: Error, depth) => {
      to.ascii('{"$ph":"error","name":')
      to.string(errorText(value, 'name'))
      to.ascii(',"message":')
      to.string(errorText(value, 'message'))
      to.ascii(',"stack":')
      to.string(stackOf(value))
      to.ascii(',"v":')
      to.properties(errorDetails(value), depth)
      to.ascii('}')
    },
  ],
]
const CHAIN = 16
/** Names of classes, functions and nodes are cut to so many characters. */
const NAME = 256

/**
 * Which writer to try for objects with a prototype. The prototype may lie; the writer calls the platform's function, which throws on a
 * wrong object.
 */
const known = new WeakMap<object, Writer>()

function writerOf(object: object): Writer {
  if (object === globalThis) return global
  const prototype = getPrototype(object) as object | null
  if (prototype === null) return plain
  let writer = known.get(prototype)
  if (writer === undefined) known.set(prototype, (writer = classify(prototype, object)))
  return writer
}

function classify(prototype: object, object: object): Writer {
  let at: object | null = prototype
  for (let i = 0; i < CHAIN && at !== null; i++) {
    for (const [native, writer] of WRITERS) if (native === at || isForeign(at, native)) return writer
    const next = getPrototype(at) as object | null
    // This is the Object.prototype of another realm, as of an iframe.
    if (i === 0 && next === null && getOwn(at, 'hasOwnProperty') !== undefined) return plain
    at = next
  }
  return more.classify?.(prototype, object) ?? instance
}

/** Whether a prototype calls itself what one of ours is called: it is that of another realm, or of a class of the app with that name. */
function isForeign(prototype: object, native: object | undefined): boolean {
  return native !== undefined && ownClassName(prototype) !== '' && ownClassName(prototype) === ownClassName(native)
}

/** Writes functions, symbols and objects that are neither plain nor arrays. May throw what a Proxy throws. */
export function writeExotic(to: Encoder, value: symbol | object, depth: number): void {
  if (typeof value === 'symbol') {
    tagged(to, 'symbol', String(call(description, value) ?? ''))
    return
  }
  if (typeof value === 'function') {
    const write = more.functionWriter?.(value)
    if (write) write(to, value as never, depth)
    else tagged(to, 'function', functionName(value))
    return
  }
  const write = writerOf(value)
  if (write === plain) {
    to.properties(value, depth)
    return
  }
  const start = to.pos
  try {
    write(to, value as never, depth)
  } catch (error) {
    if (isAgain(error)) throw error
    // The value has the prototype but is not the thing: it is a Proxy, made by Object.create(Date.prototype), or its class only has the name.
    to.pos = start
    instance(to, value as never, depth)
  }
}

/** Writes a value of which only the name is left. */
export function tagged(to: Encoder, tag: string, name: string): void {
  to.flags |= Flag.opaque
  to.ascii(`{"$ph":"${tag}","v":`)
  to.quotedUpTo(name, NAME, to.buf.length)
  to.ascii('}')
}

function functionName(value: object): string {
  try {
    return textOf(getOwn(value, 'name')?.value)
  } catch {
    return ''
  }
}

function bytes(to: Encoder, type: string, length: number, read: (i: number) => unknown): void {
  to.ascii(`{"$ph":"bytes","type":"${type}","v":[`)
  list(to, length, i => to.value(read(i), 0))
}

/** Writes the elements of a tag's list, as many as the budgets allow, and closes the list and the tag. */
function list(to: Encoder, size: number, write: (i: number) => void): void {
  let i = 0
  for (; i < size && i < to.limits.entries && to.pos <= to.soft; i++) {
    if (i > 0) to.ascii(',')
    write(i)
  }
  markDropped(to, size - i, i > 0)
  to.ascii(']}')
}
