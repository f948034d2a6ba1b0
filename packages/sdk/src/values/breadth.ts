/**
 * Writes a payload that does not fit so that all of it is there in outline. The keys keep their order; each object first sets aside what
 * its own scalars take, and divides the rest among its containers and long texts. What one of them leaves over goes to those behind it:
 *
 *     { event: {…}, newValue: 7, node: {…}, data: {…} }        900 bytes
 *                              │
 *         newValue, and the keys: 60 ──▶ event ≤ 280, then node ≤ (what is left) / 2, then data ≤ (what is left)
 *
 * So the scalars of the first level are kept whatever else is cut, then those of the second, as long as there is room.
 */

import type { Encoder } from '../encoder/encoder'
import { markCut, markDropped, noteCut } from '../encoder/marks'
import { meetHost } from '../encoder/passes'
import { getOwn } from '../page/natives'
import { isHost, writeHost } from './hosts'
import { writeSparse } from './sparse'

/** A value with a smaller share than this is not begun. */
const LEAST = 48
/** What a container needs at its end: the number of what was dropped, and a brace. */
const END = 24
/** Elements of a list share what is left, but the first ones get so much that something can be read in them. */
const ELEMENT = 96
/** Texts of more characters have a share, like containers. */
const LONG_TEXT = 64
/** An object's functions that are named; further ones are counted. */
const FUNCTIONS = 3
/** A plain object with more functions is a host; a class of which one instance has more, too. */
const INTERFACE = 8

/** Writes `{…}` and returns the number of own fields that it has. */
export function wideProperties(to: Encoder, object: object, depth: number): number {
  if (depth > 0 && to.limits.host > 0 && isHost(object)) {
    writeHost(to, object)
    return 0
  }
  const end = to.soft
  const room = end - to.pos - END
  const keys: string[] = []
  const members: PropertyDescriptor[] = []
  /** Bytes that the keys, the scalars and the least of everything else take. */
  let reserved = 0
  let shares = 0
  let functions = 0
  let dropped = 0
  for (const key in object) {
    const own = getOwn(object, key)
    if (own === undefined) continue
    const size = sizeOf(own.value)
    const needs = needsOf(key, size)
    const surplus = typeof own.value === 'function' && ++functions > FUNCTIONS
    if (surplus || keys.length >= to.limits.entries || reserved + needs > room) {
      dropped++
      continue
    }
    reserved += needs
    if (size < 0) shares++
    keys.push(key)
    members.push(own)
  }
  if (functions > INTERFACE && depth > 0) meetHost(to, object)
  const start = to.pos
  for (let i = 0; i < keys.length; i++) {
    const own = members[i] as PropertyDescriptor
    const key = keys[i] as string
    const size = sizeOf(own.value)
    reserved -= needsOf(key, size)
    if (to.key(key, own.value, depth)) {
      if (size < 0) shares--
      continue
    }
    if (own.value === undefined && (own.get !== undefined || own.set !== undefined)) to.accessor(object, own, depth)
    else if (size >= 0) to.value(own.value, depth + 1)
    else share(to, own.value, depth, LEAST + (end - to.pos - END - reserved - LEAST) / shares--, end)
  }
  if (dropped > 0) {
    to.ascii(`,"$ph:cut":${dropped}`)
    noteCut(to, -1)
  }
  to.close(start)
  return keys.length + dropped
}

/** Writes `[…]`. */
export function wideArray(to: Encoder, array: readonly unknown[], length: number, depth: number): void {
  const end = to.soft
  const start = to.pos
  const most = Math.min(length, to.limits.entries)
  let i = 0
  to.ascii('[')
  for (; i < most && to.pos < end; i++) {
    const own = getOwn(array, i)
    if (own === undefined && writeSparse(to, array, length, i, depth, start)) return
    if (i > 0) to.ascii(',')
    if (own === undefined) to.ascii('{"$ph":"hole"}')
    else if (own.value === undefined && (own.get !== undefined || own.set !== undefined)) to.accessor(array, own, depth)
    else if (sizeOf(own.value) >= 0) to.value(own.value, depth + 1)
    else {
      const left = end - to.pos
      share(to, own.value, depth, Math.min(left, Math.max(left / (most - i), left / 8, ELEMENT)), end)
    }
  }
  markDropped(to, length - i, i > 0)
  to.ascii(']')
}

/** Writes a container or a long text into the next `bytes` bytes. */
function share(to: Encoder, value: unknown, depth: number, bytes: number, end: number): void {
  if (bytes < LEAST + END && typeof value === 'object') markCut(to, Array.isArray(value) ? 'array' : 'object', -1)
  else {
    to.soft = Math.min(end, to.pos + Math.max(bytes | 0, LEAST))
    to.value(value, depth + 1)
    to.soft = end
  }
}

/** Returns about how many bytes a key takes with its value, or with the least of it. */
function needsOf(key: string, size: number): number {
  return key.length + 4 + (size < 0 ? LEAST : size)
}

/** Returns about how many bytes a value takes; −1 for one that has a share. */
function sizeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return value.length > LONG_TEXT ? -1 : value.length + 2
    case 'object':
      return value === null ? 4 : -1
    case 'number':
      return 12
    case 'boolean':
      return 5
    default:
      return LEAST
  }
}
