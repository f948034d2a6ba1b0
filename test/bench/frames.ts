import type { CDPSession } from 'puppeteer-core'
import type { Panel } from '../support/panel'
import { type BenchRow, median } from './row.ts'

/** ms of one frame that is over the budget. */
const LATE = 32
/** Tasks of threads, and marks of pages. */
const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing']
const TASK = 'RunTask'
const LATE_FRAME = 'late frame'

export interface Frames {
  /** ms between two frames. */
  frames: number[]
  /** ms of processor time of each task of the panel's main thread: what it did, not what it waited for. */
  tasks: number[]
  /** Of the longest late frame: ms of processor time of that thread. */
  worked: number
}

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** µs: begin, duration by the clock and on the processor. */
  ts: number
  dur?: number
  tdur?: number
}

/**
 * Frames of the panel while something happens in it, and the tasks of its main thread from a trace: where a frame is late and its thread did
 * little, it was kept waiting by the machine.
 */
export async function framesDuring(panel: Panel, work: () => Promise<void>): Promise<Frames> {
  const client = await panel.devtools.createCDPSession()
  const mark = `frames ${performance.now()}`
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  })
  await panel.frame.evaluate(`(${START})(${JSON.stringify(mark)})`)
  await work()
  const frames = (await panel.frame.evaluate('globalThis.frames_.end()')) as number[]
  const events = await traced(client)
  await client.detach()
  const own = events.find(({ name }) => name === mark)
  if (!own) throw new Error('the panel is not in the trace')
  const ours = events.filter(({ pid, tid }) => pid === own.pid && tid === own.tid)
  const tasks = ours.filter(({ name, dur }) => name === TASK && dur !== undefined)
  const longest = Math.max(0, ...frames)
  const late = ours.find(({ name }) => name === `${LATE_FRAME} ${longest}`)
  const overlapping = late ? tasks.map(task => workWithin(task, late.ts - longest * 1000, late.ts)) : []
  return {
    frames,
    tasks: tasks.map(({ tdur = 0 }) => tdur / 1000),
    worked: overlapping.reduce((sum, ms) => sum + ms, 0),
  }
}

/** The longest frame beside the budget, and the longest task of the panel's main thread. */
export function frameRows(what: string, { frames, tasks, worked }: Frames, note = ''): BenchRow[] {
  const longest = Math.max(0, ...frames)
  const late = frames.filter(ms => ms > LATE).length
  return [
    {
      what: `${what}: longest frame`,
      ...{ value: longest, unit: 'ms', budget: { max: LATE } },
      note: [
        note,
        `${frames.length} frames, median ${median(frames).toFixed(1)}, p99 ${percentile(frames, 0.99).toFixed(1)}`,
        `${late} late (${((100 * late) / Math.max(1, frames.length)).toFixed(1)} %)`,
        longest > LATE && `in the longest the panel's main thread worked ${worked.toFixed(1)} ms`,
      ]
        .filter(Boolean)
        .join(', '),
    },
    {
      what: `${what}: longest task of the panel's main thread`,
      ...{ value: Math.max(0, ...tasks), unit: 'ms', budget: { max: LATE } },
      note: `processor time; p99 ${percentile(tasks, 0.99).toFixed(1)}, all ${tasks.reduce((sum, ms) => sum + ms, 0).toFixed(0)}`,
    },
  ]
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** ms of processor time of a task that fall between these µs, as if it was spread evenly over the task. */
function workWithin({ ts, dur = 0, tdur = 0 }: TraceEvent, from: number, to: number): number {
  const shared = Math.min(to, ts + dur) - Math.max(from, ts)
  return shared > 0 ? (tdur / 1000) * (shared / dur) : 0
}

function traced(client: CDPSession): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  client.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent)
  })
  return new Promise((resolve, reject) => {
    client.once('Tracing.tracingComplete', () => resolve(events))
    client.send('Tracing.end').catch(reject)
  })
}

/** Text, because it runs in the panel. */
const START = `mark => {
  const frames = []
  let before = 0
  let counting = true
  performance.mark(mark)
  const tick = now => {
    if (!counting) return
    const ms = now - before
    if (before > 0) frames.push(ms)
    if (before > 0 && ms > ${LATE}) performance.mark('${LATE_FRAME} ' + ms)
    before = now
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  globalThis.frames_ = { end: () => { counting = false; return frames } }
}`
