import type { Bounds } from '../contract/sessions'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'

/**
 * How many of the oldest visible events of a session that records are past its bounds on age and bytes. By age to the event, as far as
 * the log's own order goes: the first event that is young enough stops it. By bytes in whole chunks; the open one stays. The bound on
 * events is the log's own.
 *
 * `now`: session time, ms. `stored`: bytes of the session, on disk or, without one, in memory.
 */
export function excess(log: SessionLog, bounds: Pick<Bounds, 'age' | 'bytes'>, now: number, stored: number): number {
  return Math.max(tooOld(log, bounds.age, now), tooLarge(log, bounds.bytes, stored))
}

function tooOld(log: SessionLog, age: number, now: number): number {
  if (age === 0) return 0
  const limit = now - age
  let count = 0
  for (const chunk of log.chunks) {
    if (chunk.maxTime < limit) {
      count += visible(chunk)
      continue
    }
    let row = chunk.firstRow
    while (row < chunk.count && (chunk.time[row] as number) < limit) row++
    return count + row - chunk.firstRow
  }
  return count
}

function tooLarge(log: SessionLog, most: number, stored: number): number {
  if (most === 0) return 0
  let bytes = stored
  let count = 0
  for (const chunk of log.chunks) {
    if (bytes <= most || chunk === log.last) break
    bytes -= chunk.diskBytes || chunk.memory
    count += visible(chunk)
  }
  return count
}

function visible(chunk: MemoryChunk): number {
  return chunk.hollow ? 0 : chunk.count - chunk.firstRow
}
