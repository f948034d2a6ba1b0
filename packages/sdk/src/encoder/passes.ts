import { Flag } from '@playhead/shared/model/event'
import type { Encoder } from './encoder'
import { markThrew } from './marks'
import { more } from './more'
import { resumeTracking, suspendTracking } from './reactive'

/** Bytes of the reserve behind `soft`: one more key with a small value, and for each level a mark and a bracket. */
const RESERVE_FLAT = 8 * 1024
const RESERVE_LEVEL = 64
/** Thrown to write the payload anew with what was learnt about it. A payload is begun at most so often. */
const AGAIN = {}
const PASSES = 16

/** Whether an error gives up the pass under way. */
export const isAgain = (error: unknown): boolean => error === AGAIN

export const reserveOf = (depth: number): number => RESERVE_FLAT + depth * RESERVE_LEVEL

/**
 * Writes one payload, in as many passes as it takes: a payload that passes its budget, or that mentions a host (values/hosts.ts), is written
 * anew, breadth first, and with a host in it into a small budget. The trail remembers that, so that the next one of its kind is written so
 * at once.
 */
export function writeInPasses(to: Encoder, value: unknown, time: number): void {
  const start = to.pos
  const { trail } = to
  const tracking = suspendTracking(time)
  to.passes = PASSES
  do begin(to, start)
  while (!pass(to, value, start))
  if (tracking) resumeTracking(tracking)
  const cut = (to.flags & Flag.truncated) !== 0
  to.originalBytes = !cut ? 0 : to.unknownSize ? -1 : to.pos - start + to.lostBytes
  // What fits again is written the fast way again.
  if (!cut) trail.wide = trail.hosts
}

function begin(to: Encoder, start: number): void {
  const { trail, limits } = to
  const total = trail.hosts ? limits.host : Math.max(limits.total >> trail.halved, 1024)
  // What is cut and its marks stay within `total` together. A budget too small for the reserve still lets small values through.
  to.soft = start + Math.max(total - reserveOf(limits.depth), trail.wide ? total - (total >> 3) : total >> 1)
  to.wide = trail.wide
  to.pos = start
  to.flags = 0
  to.lostBytes = 0
  to.unknownSize = false
  to.step = 0
  to.inside = 0
  to.passes--
}

/** Returns false where the value must be written anew. */
function pass(to: Encoder, value: unknown, start: number): boolean {
  try {
    to.value(value, 0)
  } catch (error) {
    if (error === AGAIN) return false
    to.pos = start
    markThrew(to, error)
  }
  return true
}

/** Notes that the payload does not fit, or holds a host; gives up the pass under way if that changes how it is written. */
export function widen(to: Encoder, hosts: boolean): void {
  const { trail } = to
  if (more.breadth === undefined || (hosts && to.limits.host === 0)) return
  if (to.passes <= 0 || (trail.wide && (trail.hosts || !hosts))) return
  trail.wide = true
  trail.hosts ||= hosts
  throw AGAIN
}

/** Notes that `instance`, which is being written, is a host, and begins anew. */
export function meetHost(to: Encoder, instance: object | null | undefined): void {
  if (!instance || to.limits.host === 0 || more.breadth === undefined) return
  more.breadth.condemn(instance)
  to.trail.wide = to.trail.hosts = true
  if (to.passes > 0) throw AGAIN
}
