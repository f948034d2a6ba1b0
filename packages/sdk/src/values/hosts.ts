/**
 * Hosts are objects that an event merely mentions: the map a marker is on, the grid of a row, the scene of a sprite. Each leads to the
 * whole app. They are written with their class and a few own scalars, and a payload that holds one has a small budget (`limits.host`).
 *
 * A class is found to be one of hosts when an instance of it, inside a payload,
 *
 *     leads back to an object that holds it, or to itself      marker ─▶ map ─▶ layers ─▶ marker      the map is a host
 *     holds a node of the document
 *     has more than 32 own fields (the encoder counts them)
 *
 * and is remembered, so that later instances cost no more than their scalars. A plain object with more than eight functions is a host by
 * itself: it is somebody's interface.
 */

import type { Encoder } from '../encoder/encoder'
import { noteCut, openInstance } from '../encoder/marks'
import { className } from '../encoder/safe-read'
import { getOwn, getPrototype } from '../page/natives'

/** Scalars that are kept of a host, and the characters of a text that counts as one. */
const KEPT = 10
const SHORT = 128
/** Names under which objects say who they are; these come first. */
const NAMES = /^_?(id|uid|uuid|key|name|type|title|label|\w+_id|\w*Id)$/

/** What is written of the instances of one class. */
interface Host {
  name: string
  /** The fields that are kept, as the first instance had them. */
  keys: string[]
  /** The number of the others. */
  rest: number
}

/** By what `keyOf` returns; null until the first one is written. */
const hosts = new WeakMap<object, Host | null>()

export function isHost(prototypeOrObject: object): boolean {
  return hosts.has(prototypeOrObject)
}

/** Remembers that instances of this one's class are hosts; of a plain object, that it is one itself. */
export function condemn(object: object): void {
  const key = keyOf(object)
  if (!hosts.has(key)) hosts.set(key, null)
}

/** What hosts are remembered by: their class's prototype, or the object where it has no class. */
function keyOf(object: object): object {
  const prototype = getPrototype(object) as object | null
  return prototype === null || prototype === Object.prototype ? object : prototype
}

/** Writes `{"$ph":"instance",…}`, or the braces alone where there is no class, with the scalars of a host. */
export function writeHost(to: Encoder, object: object): void {
  const key = keyOf(object)
  let host = hosts.get(key)
  if (!host) hosts.set(key, (host = hostOf(object)))
  const plain = key === object
  if (!plain) openInstance(to, host.name)
  const start = to.pos
  for (const key of host.keys) {
    const own = getOwn(object, key)
    if (to.pos > to.soft) break
    if (own !== undefined && isScalar(own.value) && !to.key(key, own.value)) to.value(own.value, 0)
  }
  if (host.rest > 0) {
    to.ascii(`,"$ph:cut":${host.rest}`)
    noteCut(to, -1)
  }
  to.close(start)
  if (!plain) to.ascii('}')
}

function hostOf(object: object): Host {
  const named: string[] = []
  const others: string[] = []
  let fields = 0
  for (const key in object) {
    const own = getOwn(object, key)
    if (own === undefined) continue
    fields++
    if (!isScalar(own.value)) continue
    if (NAMES.test(key)) named.push(key)
    else others.push(key)
  }
  const keys = [...named, ...others].slice(0, KEPT)
  return { name: className(object), keys, rest: fields - keys.length }
}

function isScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= SHORT)
}
