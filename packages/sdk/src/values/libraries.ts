import type { Writer } from '../encoder/more'
import { className, inherited } from '../encoder/safe-read'
import { getOwn } from '../page/natives'
import { callOf } from './brand'
import { instanceOf } from './platform'

type Read = (value: object) => unknown
const own = (value: object, key: PropertyKey) => getOwn(value, key)?.value as unknown
const field =
  (key: string): Read =>
  value =>
    own(value, key)
const method =
  (key: string): Read =>
  value =>
    callOf(value, key)

/** Marks that libraries put on their values, each with how the value is read. A mark is an own field, or one of the prototype. */
const MARKS: [mark: string, read: Read][] = [
  ['__v_isRef', readRef],
  ['isMobXObservableMap', value => new Map(callOf(value, 'entries') as Iterable<[unknown, unknown]>)],
  ['isMobXObservableSet', value => new Set(callOf(value, 'values') as Iterable<unknown>)],
  ['isMobXObservableValue', method('get')],
  ['isMobXComputedValue', field('value_')],
  ['$isDayjsObject', field('$d')],
  ['_isAMomentObject', field('_d')],
  ['isLuxonDateTime', method('toISO')],
  ['isLuxonDuration', method('toISO')],
  ['isLuxonInterval', method('toISO')],
  ['_isBigNumber', method('toString')],
  ['_bsontype', method('toString')],
  ['@@__IMMUTABLE_RECORD__@@', method('toObject')],
  ['@@__IMMUTABLE_KEYED__@@', readKeyed],
  ['@@__IMMUTABLE_ITERABLE__@@', method('toArray')],
  ['@@__IMMUTABLE_COLLECTION__@@', method('toArray')],
]

/** Returns the writer for a class that a library marks; undefined for all others. `value` is one of its instances. */
export function libraryWriter(prototype: object, value: object): Writer | undefined {
  const name = className(prototype)
  for (const [mark, read] of MARKS) if (inherited(value, mark) !== undefined) return instanceOf(name, read)
  if (own(prototype, 'brand') === Symbol.for('preact-signals')) return instanceOf(name, readSignal)
  if (isDecimal(value)) return instanceOf(name, method('toString'))
  if (inherited(value, 'subscribe') !== undefined) {
    if (own(value, 'next') === undefined && getOwn(value, '_value')) return instanceOf(name, field('_value'))
    if (typeof inherited(value, 'getSnapshot')?.value === 'function') return instanceOf(name, method('getSnapshot'))
  }
  return undefined
}

/** Vue keeps what a ref holds in `_value`; a ref to a property leads to its object. */
function readRef(ref: object): unknown {
  const kept = getOwn(ref, '_value')
  const object = own(ref, '_object') as { __v_raw?: object } | undefined
  if (typeof object !== 'object') return kept?.value
  return own(object.__v_raw ?? object, own(ref, '_key') as PropertyKey)
}

/** Preact's packages call the value `v`; where it is not, `peek` reads it without tracking. */
function readSignal(signal: object): unknown {
  const kept = getOwn(signal, 'v')
  return kept ? kept.value : callOf(signal, 'peek')
}

function readKeyed(value: object): unknown {
  const entries = callOf(value, 'toArray') as [unknown, unknown][]
  return entries.every(([key]) => typeof key === 'string') ? callOf(value, 'toObject') : new Map(entries)
}

/** decimal.js, big.js and their like: sign, exponent, digits. */
function isDecimal(value: object): boolean {
  const digits = own(value, 'd') ?? own(value, 'c')
  return (
    Array.isArray(digits) &&
    typeof own(value, 's') === 'number' &&
    typeof inherited(value, 'toFixed')?.value === 'function'
  )
}
