import { getOwn } from '../page/natives'
import type { Encoder } from './encoder'
import { markDropped } from './marks'
import { more } from './more'

/** Writes `[…]`. */
export function writeArray(to: Encoder, array: readonly unknown[], depth: number): void {
  const length = lengthOf(array)
  if (to.wide && more.breadth) {
    more.breadth.array(to, array, length, depth)
    return
  }
  const { buf } = to
  const start = to.pos
  buf[to.pos++] = 91
  const most = Math.min(length, to.limits.entries)
  let i = 0
  for (; i < most && to.pos <= to.soft; i++) {
    const own = getOwn(array, i)
    if (own === undefined && more.breadth?.sparse(to, array, length, i, depth, start)) return
    if (i > 0) buf[to.pos++] = 44
    if (own === undefined) to.ascii('{"$ph":"hole"}')
    else if (typeof own.value === 'object' && own.value !== null) to.container(own.value, depth + 1)
    else if (own.value === undefined && (own.get !== undefined || own.set !== undefined)) to.accessor(array, own, depth)
    else to.value(own.value, depth + 1)
  }
  markDropped(to, length - i, i > 0)
  buf[to.pos++] = 93
}

/** Returns the length of an array. A Proxy of one may say anything. */
export function lengthOf(array: readonly unknown[]): number {
  const { length } = array
  return typeof length === 'number' ? length >>> 0 : 0
}
