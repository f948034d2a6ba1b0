import { RECORDING } from '@playhead/shared/model/event'
import type { Keyframe } from '@playhead/shared/model/session'
import type { ReplayRequest } from '../contract/replay'
import type { LogReader } from '../log/reader'

/** Where a replay begins. */
export interface Start {
  producer: number
  /** The replay takes events from this seq on whose number is above `afterN`. */
  seq: number
  afterN: number
  keyframes: Keyframe[]
  warnings: string[]
}

/** The selected event's producer, or that of the first keyframe; and the newest keyframes at or before the first event. */
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
  // State is known only at keyframes: everything from there is run again, up to and past the selected event.
  if (moment < n - 1)
    state.warnings.unshift(`The nearest known state is before event ${moment + 1}: the replay starts there.`)
  return { producer, seq: log.firstSeq, ...state }
}

const NO_STATE = 'No state is registered: the replay starts from the state the page has now.'

/** Those of whose recording there is an event left: the keyframes of others lead nowhere. */
function recordedProducers(log: LogReader): Set<number> {
  const found = new Set<number>()
  for (const chunk of log.chunks) {
    for (let row = chunk.firstRow; row < chunk.count; row++) {
      if (chunk.take[row] === RECORDING) found.add(chunk.producer[row] as number)
    }
  }
  return found
}

/** Highest number of a producer that was evicted. */
function evictedUpTo(log: LogReader, producer: string): number {
  let gone = 0
  for (const gap of log.gaps) if (gap.producer === producer && gap.reason === 'evicted') gone = Math.max(gone, gap.toN)
  return gone
}

/**
 * The numbers after which all of the state is known, ascending. A state that is registered later has a keyframe of its own there, which
 * says nothing of the others; those on request are of all states at once.
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

/** What each state was at a moment, or at first, where it came later. */
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
