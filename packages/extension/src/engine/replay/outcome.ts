import { RECORDING } from '@playhead/shared/model/event'
import type { Keyframe } from '@playhead/shared/model/session'
import { differences } from '@playhead/shared/values/equal'
import type { ReplayStatus } from '../contract'
import type { LogReader } from '../log/reader'

const SHOWN = 50

/**
 * Compares the states at the end of a replay with the recorded ones of the same moment. Null where the recording holds no state after
 * its last replayed event.
 */
export function compareStates(
  recording: LogReader,
  producer: string,
  lastN: number,
  live: LogReader,
  take: number,
): ReplayStatus['outcome'] {
  const recorded = recording.keyframes.filter(
    keyframe => keyframe.take === RECORDING && keyframe.producer === producer && keyframe.afterN >= lastN,
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

function parse(keyframe: Keyframe): unknown {
  return JSON.parse(keyframe.json)
}

function show(value: unknown): string {
  return value === undefined ? '(absent)' : (JSON.stringify(value) ?? '').slice(0, 200)
}
