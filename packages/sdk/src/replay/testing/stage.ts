import { Limits } from '@playhead/shared/wire/limits'
import type { ReplayCommand, ReplayStep } from '@playhead/shared/wire/messages'
import { mittAdapter } from '../../adapters/mitt'
import { type Banner, noBanner } from '../banner'
import { PageReplayer } from '../replayer'
import { type Balances, type Bank, createBank, EMPTY, INPUTS, work } from './bank'
import { SmallRecorder } from './small-recorder'
import { virtualTimer } from './virtual-timer'

export const TAKE = 3
export const AWAY = 4

export interface Recording {
  steps: ReplayStep[]
  /** Types and payloads of all of it, in order. */
  story: string[]
  end: Balances
}

/** `count` inputs, one each 10 ms, at the recorder and app given. */
export function recordWork(bank: Bank, recorder: SmallRecorder, spend: (ms: number) => void, count: number): Recording {
  const spaced = {
    ...bank.bus,
    emit: ((type: 'Tick', payload: number) => {
      bank.bus.emit(type, payload)
      spend(10)
    }) as typeof bank.bus.emit,
  }
  work(spaced, 7, count)
  return { steps: recorder.steps(), story: story(recorder, 0), end: bank.get() }
}

export function story(recorder: SmallRecorder, take: number): string[] {
  return recorder.ofTake(take).map(({ type, payload }) => `${type} ${payload}`)
}

/** An app, its recorder and replayer on one virtual clock, and a panel that answers every `want`. */
export function stage(count = 200, banner: Banner = noBanner) {
  const timer = virtualTimer()
  const bank = createBank()
  const recorder = new SmallRecorder(timer.now, INPUTS)
  const detach = recorder.attach(mittAdapter(bank.bus), 'core')
  recorder.access.set('bank', { get: bank.get, set: bank.set as (state: unknown) => void })
  const recording = recordWork(bank, recorder, timer.spend, count)
  // The app went on: what is live now is neither the recording's beginning nor its end.
  bank.bus.emit('Deposit', { account: 'live', amount: 9 })
  const replayer = new PageReplayer(recorder, timer, banner)

  const feed = { on: true, most: 0, asked: 0 }
  const answer = () => {
    for (;;) {
      const report = recorder.reports[feed.asked]
      if (!report) return
      feed.asked++
      if (report.op !== 'want' || !feed.on) continue
      const steps = recording.steps.slice(report.applied, report.applied + Limits.steps)
      feed.most = Math.max(feed.most, steps.length)
      replayer.command({ t: 'replay', op: 'steps', run: report.run, index: report.applied, steps })
    }
  }
  const command = (command: ReplayCommand) => {
    replayer.command(command)
    answer()
  }
  const start = (changes: Partial<Extract<ReplayCommand, { op: 'start' }>> = {}) =>
    command({
      t: 'replay',
      op: 'start',
      run: 1,
      take: TAKE,
      away: AWAY,
      total: recording.steps.length,
      speed: 1,
      paused: false,
      mode: 'roots',
      origin: recorder.origin,
      states: [{ state: 'bank', json: JSON.stringify(EMPTY) }],
      ...changes,
    })
  const control = (op: 'pause' | 'resume' | 'step' | 'stop' | 'live', run = 1) => command({ t: 'replay', op, run })
  /** Lets time pass, to the end or to `until`, answering on the way. */
  const pass = (until?: number) => {
    for (;;) {
      const asked = feed.asked
      timer.run(until)
      answer()
      if (feed.asked === asked) return
    }
  }
  return { timer, bank, recorder, recording, replayer, feed, command, start, control, pass, detach, live: bank.get() }
}
