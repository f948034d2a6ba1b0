import { isProducerId, type ProducerId } from '../model/id'
import { WireError } from './error'

const byteLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')?.get

/*
 * Checks of single values that came from outside. Each returns the value in its type, or throws a WireError that begins with `where`, the
 * place of the value.
 */

export function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WireError('must be an object', where)
  return value as Record<string, unknown>
}

export function array(value: unknown, most: number, where: string): unknown[] {
  if (!Array.isArray(value)) throw new WireError('must be a list', where)
  if (value.length > most) throw new WireError(`${value.length} entries, at most ${most} are allowed`, where)
  return value
}

export function text(value: unknown, most: number, where: string): string {
  if (typeof value !== 'string') throw new WireError('must be text', where)
  if (value.length > most) throw new WireError(`${value.length} characters, at most ${most} are allowed`, where)
  return value
}

export function whole(value: unknown, least: number, most: number, where: string): number {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw new WireError(`must be a whole number from ${least} to ${most}`, where)
  }
  return value as number
}

export function finite(value: unknown, where: string): number {
  if (!Number.isFinite(value)) throw new WireError('must be a number', where)
  return value as number
}

/** Checks ms of a clock, since the epoch or some other start. They are bounded so that the difference of two is still a date. */
export function clock(value: unknown, where: string): number {
  const ms = finite(value, where)
  if (Math.abs(ms) > 4e15) throw new WireError('no clock shows this', where)
  return ms
}

export function flag(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw new WireError('must be true or false', where)
  return value
}

export function oneOf<T extends string>(value: unknown, options: readonly T[], where: string): T {
  if (!options.includes(value as T)) throw new WireError(`must be one of ${options.join(', ')}`, where)
  return value as T
}

export function producerId(value: unknown, where: string): ProducerId {
  if (!isProducerId(value)) throw new WireError('not a producer id', where)
  return value
}

/** Checks a buffer by the getter of its length, because buffers of another realm are no instances of this one's ArrayBuffer. */
export function buffer(value: unknown, where: string): ArrayBuffer {
  try {
    byteLength!.call(value)
    return value as ArrayBuffer
  } catch {
    throw new WireError('must be an ArrayBuffer', where)
  }
}
