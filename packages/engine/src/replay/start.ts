import { RECORDING } from '@playhead/shared/model/event'
import type { Keyframe } from '@playhead/shared/model/session'
import type { ReplayRequest } from '../contract/replay'
import type { LogReader } from '../log/reader'

/** Where a replay begins. */
export interface Start {
  /** Code of the producer that is replayed. */
  producer: number
  /** The replay takes the producer's events from this seq on, if their number is above `afterN`. */
  seq: number
  afterN: number
  /** The state to set before the first step: one keyframe for each of the app's states. */
  keyframes: Keyframe[]
  /** Sentences for the user. */
  warnings: string[]
}

/**
 * Finds where a replay can begin. State is known only at keyframes, so the replay begins at one:
 *
 *     request from an event e    its producer, at the last moment before e at which all of its state is known
 *     request from the start     the producer of the first keyframe, at the first such moment that nothing was evicted after
 *
 *     events   1  2  3 ▼ 4  5  6  e  8 …        ▼ keyframes of all states: `afterN` is 3, so steps begin with event 4
 *
 * Without keyframes it begins at the event itself, with the state that the page has. Throws an error for the user when the session is empty
 * or the event is not in the log.
 */
export function startOf(log: LogReader, request: ReplayRequest): Start {
  const recorded = log.keyframes.filter(keyframe => keyframe.take === RECORDING)
  if (request.fromSeq === null) {
    const there = recordedProducers(log)
    const known = recorded.map(keyframe => log.producers.indexOf(keyframe.producer))
    const producer = known.find(producer => there.has(producer)) ?? [...there][0] ?? known[0]
    if (producer === undefined) throw new Error('The session is empty.')
    const id = log.producers[producer]
    const own = recorded.filter(keyframe => keyframe.producer === id)
    const moments = wholeMoments(own)
    const gone = evictedUpTo(log, id as string)
    return { producer, seq: log.firstSeq, ...stateAt(own, moments.find(moment => moment >= gone) ?? moments[0]) }
  }
  const chunk = log.chunkOf(request.fromSeq)
  if (!chunk) throw new Error(`Event #${request.fromSeq} is not in the log.`)
  const row = request.fromSeq - chunk.firstSeq
  const producer = chunk.producer[row] as number
  const n = chunk.n[row] as number
  const own = recorded.filter(keyframe => keyframe.producer === log.producers[producer] && keyframe.afterN < n)
  const moment = wholeMoments(own).at(-1)
  const state = stateAt(own, moment)
  if (moment === undefined) return { producer, seq: request.fromSeq, ...state, afterN: n - 1 }
  // Everything from the keyframe on is run again, up to and past the event that the user selected.
  if (moment < n - 1)
    state.warnings.unshift(`The nearest known state is before event ${moment + 1}: the replay starts there.`)
  return { producer, seq: log.firstSeq, ...state }
}

const NO_STATE = 'No state is registered: the replay starts from the state the page has now.'

/** Codes of the producers of whose recording an event is still in the log. From a keyframe of another one nothing can be replayed. */
function recordedProducers(log: LogReader): Set<number> {
  const found = new Set<number>()
  for (const chunk of log.chunks) {
    for (let row = chunk.firstRow; row < chunk.count; row++) {
      if (chunk.take[row] === RECORDING) found.add(chunk.producer[row] as number)
    }
  }
  return found
}

/** The highest number of the producer's events that were evicted; 0 when none were. */
function evictedUpTo(log: LogReader, producer: string): number {
  let gone = 0
  for (const gap of log.gaps) if (gap.producer === producer && gap.reason === 'evicted') gone = Math.max(gone, gap.toN)
  return gone
}

/**
 * The moments at which all of the app's states are known, as the numbers of the events before them, ascending. A state that the app
 * registers later has a keyframe of its own, which says nothing of the others; keyframes on request are of all states at once.
 */
function wholeMoments(keyframes: readonly Keyframe[]): number[] {
  const byMoment = new Map<number, Keyframe[]>()
  for (const keyframe of keyframes) {
    const found = byMoment.get(keyframe.afterN)
    if (found) found.push(keyframe)
    else byMoment.set(keyframe.afterN, [keyframe])
  }
  const known = new Set<string>()
  return [...byMoment.keys()]
    .sort((a, b) => a - b)
    .filter(moment => {
      const here = byMoment.get(moment) as Keyframe[]
      for (const { state } of here) known.add(state)
      return here.some(({ why }) => why === 'request') || new Set(here.map(({ state }) => state)).size === known.size
    })
}

/** What each state was at a moment; of a state that was registered later, what it was at first, with a warning. */
function stateAt(own: readonly Keyframe[], moment: number | undefined): Omit<Start, 'producer' | 'seq'> {
  if (moment === undefined) return { afterN: 0, keyframes: [], warnings: [NO_STATE] }
  const before = new Set(own.filter(({ afterN }) => afterN < moment).map(({ state }) => state))
  const states = new Map<string, Keyframe>()
  for (const keyframe of own) {
    if (keyframe.afterN === moment) states.set(keyframe.state, keyframe)
    else if (keyframe.afterN > moment && !before.has(keyframe.state) && !states.has(keyframe.state)) {
      states.set(keyframe.state, keyframe)
    }
  }
  const keyframes = [...states.values()]
  const late = keyframes
    .filter(({ afterN }) => afterN > moment)
    .map(({ state, afterN }) => `${state} (event ${afterN})`)
  const warnings = late.length > 0 ? [`Registered later, and set as it was then: ${late.join(', ')}.`] : []
  return { afterN: moment, keyframes, warnings }
}
