import { CAUSE_KINDS, Flag, RECORDING } from '@playhead/shared/model/event'
import type { Keyframe } from '@playhead/shared/model/session'
import { isWhole } from '@playhead/shared/values/is-whole'
import type { ReplayStep } from '@playhead/shared/wire/messages'
import type { ReplayPlan, ReplayRequest } from '../contract'
import type { LogChunk, LogReader } from '../log/reader'

/** A plan with what the engine needs to carry it out. */
export interface PreparedPlan {
  plan: ReplayPlan
  request: ReplayRequest
  steps: ReplayStep[]
  /** seq of each step's recorded event. */
  stepSeqs: number[]
  /** The recorded events that the replay should bring about again, steps included, in the producer's order. */
  expected: number[]
  keyframes: Keyframe[]
  producer: number
}

const UNKNOWN = CAUSE_KINDS.indexOf('unknown')
const decoder = new TextDecoder()

/**
 * Plans the replay of one producer of a session: which events to emit again, which to expect, and what cannot be done. Throws an
 * error for the user where nothing can be planned.
 */
export async function planReplay(log: LogReader, request: ReplayRequest, plan: number): Promise<PreparedPlan> {
  const start = startOf(log, request)
  const producer = start.producer
  const prepared: PreparedPlan = {
    plan: {
      plan,
      steps: 0,
      expectations: 0,
      duration: 0,
      keyframes: start.keyframes.map(keyframe => keyframe.state),
      origin: log.session.origin,
      cannot: [],
      unknownRoots: [],
      warnings: start.warnings,
    },
    request,
    steps: [],
    stepSeqs: [],
    expected: [],
    keyframes: start.keyframes,
    producer,
  }
  const id = log.producers[producer]
  const attachments = new Map(log.session.producers.find(info => info.id === id)?.attachments.map(a => [a.id, a]))
  const edits = new Map(request.edits.map(edit => [edit.seq, edit.payload]))
  const consequences = new Set(request.consequences)
  const cannot = new Map<string, { count: number; types: Set<string> }>()
  const unknownRoots = new Map<string, number>()
  const refuse = (reason: string, type: string) => {
    const entry = cannot.get(reason) ?? { count: 0, types: new Set() }
    entry.count++
    entry.types.add(type)
    cannot.set(reason, entry)
  }
  let origin = Number.NaN
  let last = 0
  const lastSeq = request.toSeq ?? log.endSeq - 1

  for (const chunk of log.chunks) {
    if (chunk.firstSeq + chunk.count <= start.seq || chunk.firstSeq > lastSeq) continue
    let text: Uint8Array | undefined
    let loaded = false
    for (const row of rowsOf(chunk, producer, start.seq, lastSeq)) {
      const seq = chunk.firstSeq + row
      if ((chunk.n[row] as number) <= start.afterN) continue
      prepared.expected.push(seq)
      const flags = chunk.flags[row] as number
      const rootless = chunk.causeKind[row] === UNKNOWN
      const type = log.types[chunk.type[row] as number] as string
      const isInput = (flags & Flag.input) !== 0
      if (rootless && !isInput) unknownRoots.set(type, (unknownRoots.get(type) ?? 0) + 1)
      const root = isInput || (rootless && !consequences.has(type))
      if (!root && request.mode === 'roots') continue
      const via = chunk.via[row] as number
      const attachment = attachments.get(via)
      if (!attachment) refuse('no attachment', type)
      else if (!attachment.replay) refuse('observe-only', type)
      else {
        if (!loaded) {
          text = await log.loadText(chunk)
          loaded = true
        }
        const payload = edits.get(seq) ?? payloadText(chunk, row, text)
        if (!isWhole(payload)) refuse('not whole', type)
        const time = chunk.time[row] as number
        if (Number.isNaN(origin)) origin = time
        last = Math.max(last, time - origin)
        prepared.steps.push({
          n: chunk.n[row] as number,
          at: Math.max(0, time - origin),
          type,
          source: log.sources[chunk.source[row] as number] as string,
          via,
          payload,
        })
        prepared.stepSeqs.push(seq)
      }
    }
  }
  prepared.plan.steps = prepared.steps.length
  prepared.plan.expectations = prepared.expected.length
  prepared.plan.duration = last
  prepared.plan.cannot = [...cannot].map(([reason, { count, types }]) => ({
    reason: reason as ReplayPlan['cannot'][number]['reason'],
    count,
    types: [...types],
  }))
  prepared.plan.unknownRoots = [...unknownRoots].map(([name, count]) => ({ name, count }))
  if (prepared.expected.length === 0) throw new Error('There is nothing to replay after this point.')
  if (missingIn(log, id as string, prepared)) {
    prepared.plan.warnings.push('Events are missing in this range: the replay may differ from what happened.')
  }
  return prepared
}

interface Start {
  producer: number
  /** The replay takes events from this seq on whose number is above `afterN`. */
  seq: number
  afterN: number
  keyframes: Keyframe[]
  warnings: string[]
}

/** The selected event's producer, or that of the first keyframe; and the newest keyframes at or before the first event. */
function startOf(log: LogReader, request: ReplayRequest): Start {
  const recorded = log.keyframes.filter(keyframe => keyframe.take === RECORDING)
  if (request.fromSeq === null) {
    const first = recorded[0]
    const chunk = log.chunks[0]
    if (!first && !chunk) throw new Error('The session is empty.')
    const producer = first ? log.producers.indexOf(first.producer) : (chunk?.producer[chunk.firstRow] as number)
    const id = log.producers[producer]
    const keyframes = earliest(recorded.filter(keyframe => keyframe.producer === id))
    const afterN = Math.max(0, ...keyframes.map(keyframe => keyframe.afterN))
    return { producer, seq: log.firstSeq, afterN, keyframes, warnings: keyframes.length ? [] : [NO_STATE] }
  }
  const chunk = log.chunkOf(request.fromSeq)
  if (!chunk) throw new Error(`Event #${request.fromSeq} is not in the log.`)
  const row = request.fromSeq - chunk.firstSeq
  const producer = chunk.producer[row] as number
  const n = chunk.n[row] as number
  const own = recorded.filter(keyframe => keyframe.producer === log.producers[producer] && keyframe.afterN < n)
  const keyframes = latest(own)
  if (keyframes.length === 0) {
    return { producer, seq: request.fromSeq, afterN: n - 1, keyframes, warnings: [NO_STATE] }
  }
  // State is known only at keyframes: everything from there is run again, up to and past the selected event.
  const afterN = Math.max(...keyframes.map(keyframe => keyframe.afterN))
  const warnings =
    afterN < n - 1 ? [`The nearest known state is before event ${afterN + 1}: the replay starts there.`] : []
  return { producer, seq: log.firstSeq, afterN, keyframes, warnings }
}

const NO_STATE = 'No state is registered: the replay starts from the state the page has now.'

function earliest(keyframes: Keyframe[]): Keyframe[] {
  const byState = new Map<string, Keyframe>()
  for (const keyframe of keyframes) if (!byState.has(keyframe.state)) byState.set(keyframe.state, keyframe)
  return [...byState.values()]
}

function latest(keyframes: Keyframe[]): Keyframe[] {
  const byState = new Map<string, Keyframe>()
  for (const keyframe of keyframes) byState.set(keyframe.state, keyframe)
  return [...byState.values()]
}

function* rowsOf(chunk: LogChunk, producer: number, from: number, to: number): Generator<number> {
  const first = Math.max(chunk.firstRow, from - chunk.firstSeq)
  const end = Math.min(chunk.count, to - chunk.firstSeq + 1)
  for (let row = first; row < end; row++) {
    if (chunk.producer[row] === producer && chunk.take[row] === RECORDING) yield row
  }
}

export function payloadText(chunk: LogChunk, row: number, text: Uint8Array | undefined): string {
  if (!text) return '{"$ph":"cut","type":"lost","size":-1}'
  const start = row === 0 ? 0 : (chunk.payloadEnds[row - 1] as number)
  return decoder.decode(text.subarray(start, chunk.payloadEnds[row])) || '{"$ph":"undefined"}'
}

function missingIn(log: LogReader, producer: string, { expected }: PreparedPlan): boolean {
  const n = (seq: number) => {
    const chunk = log.chunkOf(seq)
    return chunk ? (chunk.n[seq - chunk.firstSeq] as number) : 0
  }
  const from = n(expected[0] as number)
  const to = n(expected.at(-1) as number)
  return log.gaps.some(gap => gap.producer === producer && gap.fromN <= to && gap.toN >= from)
}
