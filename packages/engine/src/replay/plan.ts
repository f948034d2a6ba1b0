import { RECORDING } from '@playhead/shared/model/event'
import type { Keyframe } from '@playhead/shared/model/session'
import { isWhole } from '@playhead/shared/values/is-whole'
import type { ReplayStep } from '@playhead/shared/wire/messages'
import type { ReplayPlan, ReplayRequest } from '../contract/replay'
import type { LogChunk, LogReader } from '../log/reader'
import { originOf } from '../sessions/owner'
import { attachmentsOf, LeftOut, standingOf } from './roots'
import { startOf } from './start'

/** A plan, with what the engine needs to carry it out. */
export interface PreparedPlan {
  /** What the user is told. */
  plan: ReplayPlan
  request: ReplayRequest
  /** The events that the page is to emit, in order. */
  steps: ReplayStep[]
  /** seq of each step's recorded event. */
  stepSeqs: number[]
  /** seqs of the first and the last recorded event of the range, whether or not the replay can bring them about. */
  firstSeq: number
  lastSeq: number
  /**
   * seqs of the recorded events that the replay should bring about again, steps included, in the producer's order. Roots that the replay
   * cannot emit, and what followed from them, are not among them. Empty in modes `all` and `isolated`, in which nothing is expected.
   */
  expected: number[]
  /** Those of `expected` that may fail to come: roots whose payload is not whole, and what followed from them. */
  optional: Set<number>
  /** The states to set before the first step. */
  keyframes: Keyframe[]
  /** Code of the producer in the recording. */
  producer: number
}

const decoder = new TextDecoder()

/**
 * Plans the replay of one producer of a session. In mode `roots` the page emits only the roots (inputs, and events of unknown cause), and
 * its own code should bring about the rest again; in the other modes it emits every event. `start.ts` says where the range begins. Each of
 * the producer's events in the range takes one of these ways:
 *
 *     root? ── no, mode `roots` ──▶ its cause was left out? ── yes ──▶ left out too
 *       │                                    └───────────────── no ──▶ expected (optional, if its cause is)
 *       ▼ yes, or another mode
 *     attachment can replay? ── no ──▶ left out; told under `cannot`: observe-only, no attachment
 *       ▼ yes
 *     payload whole? ── no ──▶ a step all the same, as the attachment may revive the payload; optional, told under `cannot`: not whole
 *       ▼ yes
 *     a step, and expected
 *
 * Steps are timed in ms after the first one. Text is read only of chunks that have a step. Rejects with an error for the user when there is
 * nothing to replay. `plan` is the number that the plan gets.
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
      origin: recordedIn(log, producer),
      cannot: [],
      unknownRoots: [],
      warnings: start.warnings,
    },
    request,
    steps: [],
    stepSeqs: [],
    firstSeq: -1,
    lastSeq: -1,
    expected: [],
    optional: new Set(),
    keyframes: start.keyframes,
    producer,
  }
  const attachments = attachmentsOf(log, producer)
  const edits = new Map(request.edits.map(edit => [edit.seq, edit.payload]))
  const consequences = new Set(request.consequences)
  const cannot = new Map<string, { count: number; types: Set<string> }>()
  const unknownRoots = new Map<string, number>()
  const leftOut = new LeftOut()
  const uncertain = new LeftOut()
  const expects = request.mode === 'roots'
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
      if (prepared.firstSeq < 0) prepared.firstSeq = seq
      prepared.lastSeq = seq
      const type = log.types[chunk.type[row] as number] as string
      const { root, rootless } = standingOf(log, chunk, row, consequences)
      if (rootless) unknownRoots.set(type, (unknownRoots.get(type) ?? 0) + 1)
      if (!root && expects) {
        if (leftOut.followed(chunk, row)) continue
        prepared.expected.push(seq)
        if (uncertain.followed(chunk, row)) prepared.optional.add(seq)
        continue
      }
      const via = chunk.via[row] as number
      const attachment = attachments.get(via)
      if (!attachment?.replay) {
        refuse(attachment ? 'observe-only' : 'no attachment', type)
        leftOut.add(chunk, row)
      } else {
        if (!loaded) {
          text = await log.loadText(chunk)
          loaded = true
        }
        const payload = edits.get(seq) ?? payloadText(chunk, row, text)
        if (expects) prepared.expected.push(seq)
        if (!isWhole(payload)) {
          refuse('not whole', type)
          uncertain.add(chunk, row)
          prepared.optional.add(seq)
        }
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
  if (prepared.firstSeq < 0) throw new Error('There is nothing to replay after this point.')
  if (missingIn(log, log.producers[producer] as string, start.afterN + 1, prepared.lastSeq)) {
    prepared.plan.warnings.push('Events are missing in this range: the replay may differ from what happened.')
  }
  return prepared
}

/** The origin that a producer was recorded in. It need not be the session's, as a session also holds frames of other origins. */
function recordedIn({ session, producers }: LogReader, producer: number): string {
  const url = session.producers.find(({ id }) => id === producers[producer])?.url ?? ''
  return url === '' || url.startsWith('file:') ? session.origin : originOf(url)
}

/** The rows of a chunk that the producer recorded, from seq `from` to seq `to` (inclusive). */
function* rowsOf(chunk: LogChunk, producer: number, from: number, to: number): Generator<number> {
  const first = Math.max(chunk.firstRow, from - chunk.firstSeq)
  const end = Math.min(chunk.count, to - chunk.firstSeq + 1)
  for (let row = first; row < end; row++) {
    if (chunk.producer[row] === producer && chunk.take[row] === RECORDING) yield row
  }
}

/** The payload of a row as tagged JSON; a cut value that says `lost` when the chunk's text is. */
export function payloadText(chunk: LogChunk, row: number, text: Uint8Array | undefined): string {
  if (!text) return '{"$ph":"cut","type":"lost","size":-1}'
  const start = row === 0 ? 0 : (chunk.payloadEnds[row - 1] as number)
  return decoder.decode(text.subarray(start, chunk.payloadEnds[row])) || '{"$ph":"undefined"}'
}

/** Whether an event of the producer is known to be missing, from number `from` to the number of event `lastSeq`. */
function missingIn(log: LogReader, producer: string, from: number, lastSeq: number): boolean {
  const chunk = log.chunkOf(lastSeq)
  const to = chunk ? (chunk.n[lastSeq - chunk.firstSeq] as number) : 0
  return log.gaps.some(gap => gap.producer === producer && gap.fromN <= to && gap.toN >= from)
}
