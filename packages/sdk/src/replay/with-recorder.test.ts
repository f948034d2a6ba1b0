import { Limits } from '@playhead/shared/wire/limits'
import type { ReplayReport, ReplayStep } from '@playhead/shared/wire/messages'
import { parseReplay } from '@playhead/shared/wire/parse-replay'
import { describe, expect, it } from 'vitest'
import { mittAdapter } from '../adapters/mitt'
import type { HistoryEvent } from '../api/history'
import { createRecorder } from '../entries/core'
import { history } from '../entries/history'
import { asExtension } from '../recorder/extensions'
import { noBanner } from './banner'
import { PageReplayer } from './replayer'
import type { ReplayTarget } from './target'
import { replayTarget } from './target'
import { type Balances, createBank, EMPTY, INPUTS, work } from './testing/bank'
import { virtualTimer } from './testing/virtual-timer'

const story = (events: readonly HistoryEvent[]) =>
  events.map(({ type, payload, cause }) => `${cause ? '  ' : ''}${type} ${JSON.stringify(payload)}`)

/** The bank, recorded and replayed by the real recorder; only link and clock are the test's. */
function setup() {
  const timer = virtualTimer()
  const reports: ReplayReport[] = []
  let replayer: PageReplayer | undefined
  const recorder = createRecorder({
    name: 'bank',
    enabled: true,
    extensions: [
      history(),
      asExtension({
        kind: 'replay',
        parse: parseReplay,
        connect(internals) {
          const own = Object.create(replayTarget(internals), {
            send: { value: (report: ReplayReport) => reports.push(report) },
          })
          replayer = new PageReplayer(own as ReplayTarget, timer, noBanner)
          return replayer
        },
      }),
    ],
  })
  const bank = createBank()
  const before = bank.bus.emit
  recorder.attach(mittAdapter(bank.bus), { source: 'core', inputs: INPUTS })
  recorder.state<Balances>('bank', { get: bank.get, set: bank.set })
  const events = (take: number) => (recorder.history?.getEvents({}) ?? []).filter(event => event.take === take)
  return { timer, reports, recorder, replayer: replayer as PageReplayer, bank, before, events }
}

describe('with the real recorder', () => {
  it('replays the roots into a take of their own, consequences and causes included', () => {
    const { timer, reports, recorder, replayer, bank, before, events } = setup()
    work(bank.bus, 11, 200)
    const end = bank.get()
    const recorded = events(0)
    const steps: ReplayStep[] = recorded
      .filter(event => !event.cause)
      .map((event, index) => ({
        n: event.n,
        at: index,
        type: event.type,
        source: event.source,
        via: 1,
        payload: JSON.stringify(event.payload),
      }))
    expect(steps.length).toBe(200)
    expect(recorded.length).toBeGreaterThan(250)

    const run = 1
    const states = [{ state: 'bank', json: JSON.stringify(EMPTY) }]
    const start = {
      t: 'replay',
      op: 'start',
      run,
      take: 1,
      away: 2,
      speed: 1,
      paused: false,
      mode: 'roots',
      states,
    } as const
    replayer.command({ ...start, origin: '', total: steps.length })
    replayer.command({ t: 'replay', op: 'steps', run, index: 0, steps: steps.slice(0, Limits.steps) })
    timer.run(timer.now() + 100)
    bank.bus.emit('Deposit', { account: 'user', amount: 60 })
    bank.bus.on('Alarm', () => {})
    bank.bus.emit('Alarm', 'from a timer')
    const meanwhile = bank.get()
    expect(meanwhile.accounts.user).toBe(54)
    timer.run()
    expect(reports.at(-1)?.op).toBe('done')
    expect({ ...bank.get().accounts, user: undefined }).toEqual({ ...end.accounts, user: undefined })
    expect(story(events(2))).toEqual(['Deposit {"account":"user","amount":60}', '  Fee {"account":"user","amount":6}'])
    const replayed = events(1)
    expect(story(replayed.filter(event => event.type !== 'Alarm'))).toEqual(story(recorded))
    expect(replayed.filter(event => event.type === 'Alarm').length).toBe(1)
    for (const event of replayed) expect(event.flags.includes('input')).toBe(!event.cause && event.type !== 'Alarm')

    replayer.command({ t: 'replay', op: 'live', run })
    expect(bank.get()).toBe(end)
    bank.bus.emit('Tick', 1000)
    expect(events(0).length).toBeGreaterThan(recorded.length)
    recorder.dispose()
    expect(bank.bus.emit).toBe(before)
  })

  it('goes live when the recorder is disposed of in the middle', () => {
    const { timer, recorder, replayer, bank, before } = setup()
    work(bank.bus, 3, 10)
    const live = bank.get()
    const step = (n: number): ReplayStep => ({ n, at: n, type: 'Tick', source: 'core', via: 1, payload: String(n) })
    replayer.command({
      t: 'replay',
      op: 'start',
      run: 1,
      take: 1,
      away: 2,
      total: 2,
      speed: 1,
      paused: false,
      mode: 'roots',
      origin: '',
      states: [{ state: 'bank', json: JSON.stringify(EMPTY) }],
    })
    replayer.command({ t: 'replay', op: 'steps', run: 1, index: 0, steps: [step(1), step(2)] })
    timer.run(timer.now() + 1)
    expect(bank.get()).toEqual({ tick: 1, accounts: {} })
    recorder.dispose()
    timer.run()
    expect(bank.get()).toBe(live)
    expect(bank.bus.emit).toBe(before)
  })

  it('leaves the bus alone when disabled', () => {
    const bank = createBank()
    const { emit } = bank.bus
    const recorder = createRecorder({ enabled: false })
    const detach = recorder.attach(mittAdapter(bank.bus))
    expect(bank.bus.emit).toBe(emit)
    detach()
    expect(bank.bus.emit).toBe(emit)
  })
})
