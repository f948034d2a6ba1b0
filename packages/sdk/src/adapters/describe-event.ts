import { quietly } from './quietly'

/**
 * Fields of the browser's events that are worth keeping. The character that a key types is not among them: it may be part of a password.
 */
const FIELDS = [
  ...['button', 'clientX', 'clientY', 'deltaX', 'deltaY', 'pointerType', 'inputType'],
  ...['code', 'reason', 'wasClean', 'lastEventId', 'message', 'loaded', 'total'],
]
/** Of these, a keyboard's event has one with another meaning. */
const NOT_OF_KEYS = ['code']

type Getter = ((this: unknown) => unknown) | undefined

/** Returns the getter of a property of one of the platform's classes. It works for objects of every frame, and throws for all others. */
const getterOf = (made: { prototype: object } | undefined, name: string): Getter =>
  made && Object.getOwnPropertyDescriptor(made.prototype, name)?.get

const typeOf = getterOf(globalThis.Event, 'type')
const detailOf = getterOf(globalThis.CustomEvent, 'detail')
const dataOf = getterOf(globalThis.MessageEvent, 'data')
const localNameOf = getterOf(globalThis.Element, 'localName')

function has(brand: Getter, value: unknown): boolean {
  try {
    if (!brand) return false
    brand.call(value)
    return true
  } catch {
    return false
  }
}

/** Whether a value is an event, also one that another frame made. */
export function isEvent(value: unknown): value is Event {
  return has(typeOf, value)
}

/** Returns the class of an event, as it calls itself: another frame's `Event` is another object with the same name. */
export function classOf(event: Event): string {
  return quietly(() => String(event.constructor.name), '')
}

/**
 * Returns the `detail` of a CustomEvent, the `data` of a message, and of other events their own data properties and a few harmless fields.
 * Undefined where there is nothing.
 */
export function describeEvent(event: Event): unknown {
  if (has(detailOf, event)) return (event as CustomEvent).detail ?? undefined
  if (has(dataOf, event)) return (event as MessageEvent).data
  const fields = ownFields(event)
  const record = event as unknown as Record<string, unknown>
  const { key } = record
  for (const name of FIELDS) {
    if (key !== undefined && NOT_OF_KEYS.includes(name)) continue
    const value = record[name]
    if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') fields[name] = value
  }
  if (typeof key === 'string' && key.length > 1) fields.key = key
  const target = event.isTrusted ? nodeName(event.target) : undefined
  if (target) fields.target = target
  return Object.keys(fields).length ? fields : undefined
}

function ownFields(event: Event): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const name of Object.keys(event)) {
    const own = Object.getOwnPropertyDescriptor(event, name)
    if (own && 'value' in own && name !== '__proto__') fields[name] = own.value
  }
  return fields
}

function nodeName(target: unknown): string | undefined {
  if (!has(localNameOf, target)) return undefined
  const { localName, id, classList } = target as Element
  const classes = [...classList].slice(0, 3).map(name => `.${name}`)
  return `${localName}${id ? `#${id}` : ''}${classes.join('')}`
}
