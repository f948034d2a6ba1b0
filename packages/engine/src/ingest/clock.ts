import type { ProducerInfo } from '@playhead/shared/model/session'

/** A producer's clock and the wall clock, read at one moment: ms. */
export interface ClockReading {
  now: number
  wall: number
}

/** Difference of the clocks that is believed to be the machine's sleep or a change of the wall clock: ms. */
const APART = 1000

/** Epoch ms at which the producer's clock was 0; what it says of itself, unless its wall clock contradicts it. */
export function zeroOf(timeOrigin: number, { now, wall }: ClockReading): number {
  const zero = wall - now
  return Math.abs(zero - timeOrigin) > APART ? zero : timeOrigin
}

/** Added to the producer's clock to get the time of a session that began at `started` (epoch ms). */
export function offsetOf(started: number, timeOrigin: number, reading: ClockReading): number {
  return zeroOf(timeOrigin, reading) - started
}

/** Corrects the offset of a producer whose clock stood still or whose wall clock was set. What is in the log stays as it is. */
export function correctOffset(info: ProducerInfo, started: number, { now, wall }: ClockReading): void {
  const offset = wall - now - started
  if (Math.abs(offset - info.offset) > APART) info.offset = offset
}
