import { RECORDING } from '@playhead/shared/model/event'
import type { Keyframe } from '@playhead/shared/model/session'
import { differences } from '@playhead/shared/values/equal'
import type { ReplayStatus } from '../contract/replay'
import type { LogReader } from '../log/reader'

/** Differences in an answer, at most. */
const SHOWN = 50

/**
 * Compares the app's states at the end of a replay with those that were recorded at the same moment, which is after event `lastN` of the
 * producer and before the next one. Null when the recording has no keyframe of that moment for any of these states. `take` is the replay's.
 */
export function compareStates(
  recording: LogReader,
  producer: string,
  lastN: number,
  live: LogReader,
  take: number,
): ReplayStatus['outcome'] {
  const next = nextAfter(recording, producer, lastN)
  const recorded = recording.keyframes.filter(
    ({ take, producer: id, afterN }) => take === RECORDING && id === producer && afterN >= lastN && afterN < next,
  )
  const replayed = live.keyframes.filter(keyframe => keyframe.take === take && keyframe.why === 'end')
  const found: NonNullable<ReplayStatus['outcome']>['differences'] = []
  let compared = 0
  for (const end of replayed) {
    const before = recorded.find(keyframe => keyframe.state === end.state)
    if (!before) continue
    compared++
    for (const { path, a, b } of differences(parse(before), parse(end), SHOWN - found.length)) {
      found.push({ state: end.state, path, recorded: show(a), replayed: show(b) })
    }
  }
  return compared === 0 ? null : { equal: found.length === 0, differences: found }
}

/**
 * Number of the first event that the producer recorded after `lastN`, whether it is in the log or in a gap; Infinity when there is none.
 * From that event on, the state may be another.
 */
function nextAfter(log: LogReader, producer: string, lastN: number): number {
  const index = log.producers.indexOf(producer)
  let next = Number.POSITIVE_INFINITY
  for (const { producer: id, fromN, toN } of log.gaps) {
    if (id === producer && toN > lastN) next = Math.min(next, Math.max(fromN, lastN + 1))
  }
  for (const chunk of log.chunks) {
    for (let row = chunk.firstRow; row < chunk.count; row++) {
      const n = chunk.n[row] as number
      if (n > lastN && n < next && chunk.producer[row] === index && chunk.take[row] === RECORDING) next = n
    }
  }
  return next
}

function parse(keyframe: Keyframe): unknown {
  return JSON.parse(keyframe.json)
}

function show(value: unknown): string {
  return value === undefined ? '(absent)' : (JSON.stringify(value) ?? '').slice(0, 200)
}
