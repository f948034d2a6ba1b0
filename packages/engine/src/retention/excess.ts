import type { Bounds } from '../contract/sessions'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'

/**
 * Returns how many of the oldest visible events of the live session are beyond its bounds on age and bytes. Age counts single events in
 * the log's order, up to the first that is young enough; bytes count whole chunks, never the open one. The log itself keeps the bound on
 * events.
 *
 * `now` is session time in ms. `stored` are the bytes of the session, on disk or, without one, in memory.
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

/** Events of a chunk that would be evicted: rows that stand for lost events do not count. */
function visible(chunk: MemoryChunk): number {
  return chunk.hollow ? 0 : chunk.count - chunk.firstRow
}
