import { LEVELS, RECORDING } from '@playhead/shared/model/event'
import { STATISTICS_NAMES, type Statistics } from '@playhead/shared/model/session'
import type { LogChunk, LogReader } from '../log/reader'
import { readNames } from './names'

/** The session is divided into so many intervals, whose events are counted. */
const INTERVALS = 120

/** Counts the visible events of the recording. Without any, all numbers are 0 and all lists empty. */
export function readStatistics(reader: LogReader): Statistics {
  const names = readNames(reader)
  const types = names.types.filter(({ count }) => count > 0)
  const sources = names.sources.filter(({ count }) => count > 0)
  const statistics: Statistics = {
    events: types.reduce((sum, { count }) => sum + count, 0),
    types: types.slice(0, STATISTICS_NAMES).map(({ name, count }) => [name, count]),
    sources: sources.slice(0, STATISTICS_NAMES).map(({ name, count }) => [name, count]),
    others: types.slice(STATISTICS_NAMES).reduce((sum, { count }) => sum + count, 0),
    levels: LEVELS.map(() => 0),
    ...bounds(reader),
    rate: [],
    payload: 0,
  }
  if (statistics.events === 0) return { ...statistics, first: 0, last: 0 }
  statistics.rate = new Array<number>(INTERVALS).fill(0)
  const { first, last, levels, rate } = statistics
  const perMs = last > first ? INTERVALS / (last - first) : 0
  for (const chunk of reader.chunks) {
    const { level, time, payloadEnds } = chunk
    eachRecorded(chunk, row => {
      const at = Math.min(INTERVALS - 1, Math.floor(((time[row] as number) - first) * perMs))
      rate[at] = (rate[at] as number) + 1
      levels[level[row] as number] = (levels[level[row] as number] ?? 0) + 1
      statistics.payload += (payloadEnds[row] as number) - (row === 0 ? 0 : (payloadEnds[row - 1] as number))
    })
  }
  return statistics
}

function bounds(reader: LogReader): { first: number; last: number } {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const chunk of reader.chunks) {
    const { time } = chunk
    eachRecorded(chunk, row => {
      const at = time[row] as number
      if (at < first) first = at
      if (at > last) last = at
    })
  }
  return { first, last }
}

function eachRecorded(chunk: LogChunk, visit: (row: number) => void): void {
  const { take, firstRow, count } = chunk
  for (let row = firstRow; row < count; row++) if (take[row] === RECORDING) visit(row)
}
