import type { ProducerInfo } from '@playhead/shared/model/session'

/** A producer's two clocks, read at one moment. */
export interface ClockReading {
  /** ms on the producer's clock (`performance.now()`). */
  now: number
  /** Epoch ms on the wall clock. */
  wall: number
}

/** Clocks that differ by more ms than this differ because the machine slept or somebody set the wall clock, not by rounding. */
const APART = 1000

/**
 * Returns the epoch ms at which the producer's clock was 0: what it says of itself (`timeOrigin`), unless its wall clock contradicts it.
 */
export function zeroOf(timeOrigin: number, { now, wall }: ClockReading): number {
  const zero = wall - now
  return Math.abs(zero - timeOrigin) > APART ? zero : timeOrigin
}

/** Returns the ms to add to the producer's clock to get the time of a session that began at `started` (epoch ms). */
export function offsetOf(started: number, timeOrigin: number, reading: ClockReading): number {
  return zeroOf(timeOrigin, reading) - started
}

/** Corrects the offset of a producer whose clock stood still or whose wall clock was set. Times that are in the log stay as they are. */
export function correctOffset(info: ProducerInfo, started: number, { now, wall }: ClockReading): void {
  const offset = wall - now - started
  if (Math.abs(offset - info.offset) > APART) info.offset = offset
}
