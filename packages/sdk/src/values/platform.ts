import type { Encoder } from '../encoder/encoder'
import { openInstance } from '../encoder/marks'
import type { Writer } from '../encoder/more'
import { inherited } from '../encoder/safe-read'
import { getOwn, getPrototype } from '../page/natives'
import { redactUrl } from '../redaction/redact-url'
import { callOf, isNative } from './brand'

/** Fields that are read of classes whose accessors are not all scalars, or not worth it. The first one alone: the value is written so. */
const FIELDS: Record<string, string> = {
  File: 'name size type lastModified',
  Response: 'status statusText ok url type redirected headers',
  Request: 'method url mode credentials cache destination headers',
  AbortSignal: 'aborted reason',
  AbortController: 'signal',
  CryptoKey: 'type extractable algorithm usages',
  CryptoKeyPair: 'publicKey privateKey',
  DataTransfer: 'types files dropEffect',
  MessageChannel: '',
  Window: 'name closed',
}
/** Values that one text says all of. */
const TEXT = /^(Temporal\..+|URLPattern|DOMMatrix|DOMTokenList|Selection|Range)$/
/** Lists of names and values. */
const ENTRIES = /^(Headers|FormData|URLSearchParams)$/
/** Lists that have an index. */
const LISTS = /^(FileList|NodeList|HTMLCollection|TouchList|DOMRectList|DOMStringList|StaticRange)$/
/** Boxed primitives. */
const BOXED = /^(Number|String|Boolean|Symbol|BigInt)$/
/** Classes that some platforms write in JavaScript; their accessors are called, like native ones. */
const PLATFORM =
  /^(Blob|URL|.*Stream|.*Stream\w+(Reader|Writer|Controller|Strategy)|Performance.*|MessagePort|BroadcastChannel|WebSocket|EventSource|DOM\w+|ImageData|TextDecoder|TextEncoder)$/
/** Reading these says nothing, or does something (it makes the browser lay out the page, or warn). */
const NEVER =
  /^(Object|Module|.*Document|Navigator|Storage|CSS.*Declaration|.*Element|Promise|Weak.*|.*Iterator|.*Generator.*|Async.*)$/
/** So many accessors are read of a class that is not listed here. */
const MOST = 16

/** Returns the writer for a class of the platform; undefined for all others that have a tag. */
export function platformWriter(prototype: object, tag: string): Writer | undefined {
  if (TEXT.test(tag)) return instanceOf(tag, value => callOf(value, 'toString'))
  if (ENTRIES.test(tag)) return instanceOf(tag, entries)
  if (LISTS.test(tag)) return instanceOf(tag, value => Array.prototype.slice.call(value, 0, 100))
  if (/^Intl\./.test(tag)) return instanceOf(tag, value => callOf(value, 'resolvedOptions'))
  if (tag === 'URL' || tag === 'Location') return instanceOf(tag, address)
  if (NEVER.test(tag)) return undefined
  const listed = FIELDS[tag]
  const names = listed === undefined ? accessors(prototype, PLATFORM.test(tag)) : listed.split(' ')
  if (names.length === 0) return undefined
  return instanceOf(tag, value => fields(value, names, listed !== undefined))
}

/** Returns the writer for a boxed primitive; undefined for all other classes. Most of them have no tag, but a name. */
export function boxedWriter(name: string): Writer | undefined {
  if (!BOXED.test(name)) return undefined
  return instanceOf(name, value => {
    const primitive = callOf(value, 'valueOf')
    if (typeof primitive === 'object') throw new TypeError('not of this class')
    return primitive
  })
}

/** Makes a writer that shows a value as what `read` returns. It throws where the value is not what its class says. */
export function instanceOf(name: string, read: (value: object, to: Encoder) => unknown): Writer {
  return (to, value: object, depth) => {
    const shown = read(value, to)
    openInstance(to, name)
    to.value(shown, depth + 1)
    to.ascii('}')
  }
}

/** Names of the accessors that instances inherit. `trusted`: also those that are not native. */
function accessors(prototype: object, trusted: boolean): string[] {
  const names: string[] = []
  let at: object | null = prototype
  while (at !== null && at !== Object.prototype && names.length < MOST) {
    for (const key of Object.getOwnPropertyNames(at)) {
      const get = getOwn(at, key)?.get
      if (get !== undefined && key !== '__proto__' && (trusted || isNative(get)) && !names.includes(key))
        names.push(key)
    }
    at = getPrototype(at) as object | null
  }
  return names.slice(0, MOST)
}

function fields(value: object, names: readonly string[], objects: boolean): unknown {
  const found: Record<string, unknown> = Object.create(null)
  let failed = 0
  for (const name of names) {
    try {
      const property = inherited(value, name)
      const field = property?.get ? (property.get.call(value) as unknown) : property?.value
      const scalar = typeof field !== 'object' && typeof field !== 'function'
      if (field !== undefined && (scalar || (objects && field !== null))) found[name] = field
    } catch {
      failed++
    }
  }
  // Every accessor refused it: the value is none of this class, but made by Object.create.
  if (failed > 0 && failed === names.length) throw new TypeError('not of this class')
  return found
}

/** Names and values as an object; what has a name twice is a list. */
function entries(value: object): unknown {
  const found: Record<string, unknown> = Object.create(null)
  callOf(value, 'forEach', (item: unknown, name: string) => {
    const known = found[name]
    if (known === undefined) found[name] = item
    else if (Array.isArray(known)) known.push(item)
    else found[name] = [known, item]
  })
  return found
}

function address(value: object, to: Encoder): unknown {
  return redactUrl(String(inherited(value, 'href')?.get?.call(value)), key => to.redacts(key))
}
