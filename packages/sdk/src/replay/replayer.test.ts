import { describe, expect, it } from 'vitest'
import { EMPTY } from './testing/bank'
import { AWAY, stage, story, TAKE } from './testing/stage'

describe('a replay of the roots', () => {
  it('brings about the recorded end, each consequence once, and gives the live state back', () => {
    const { bank, recorder, recording, replayer, start, control, pass, live } = stage()
    start({ paused: true })
    expect(bank.get()).toEqual(EMPTY)
    control('resume')
    pass()
    expect(replayer.phase).toBe('done')
    expect(bank.get()).toEqual(recording.end)
    expect(bank.get()).not.toEqual(EMPTY)
    expect(story(recorder, TAKE)).toEqual(recording.story)
    expect(recorder.keyframes).toEqual([{ take: TAKE, why: 'end', states: { bank: recording.end } }])
    expect(recorder.flushed).toBe(1)
    expect(recorder.last()).toEqual({
      t: 'replay',
      op: 'done',
      run: 1,
      applied: recording.steps.length,
      skipped: 0,
      reason: '',
    })
    control('live')
    expect(bank.get()).toBe(live)
    expect(recorder.last().op).toBe('live')
    expect(replayer.phase).toBe('idle')
  })

  it('keeps to the recorded times, and to the speed', () => {
    for (const speed of [1, 4, 0.5]) {
      const { timer, recorder, recording, start, pass } = stage(40)
      const begin = timer.now()
      start({ speed })
      pass()
      const times = recorder.ofTake(TAKE).filter(event => event.cause === 0)
      expect(times.map(event => Math.round((event.time - begin) * speed))).toEqual(recording.steps.map(step => step.at))
    }
  })

  it('leaves other speeds and waits alone: pause, resume, speed', () => {
    const { timer, recorder, start, control, command, pass } = stage(40)
    const begin = timer.now()
    start()
    pass(begin + 105)
    expect(recorder.ofTake(TAKE).filter(event => event.cause === 0).length).toBe(11)
    control('pause')
    pass(begin + 500)
    expect(recorder.last()).toMatchObject({ op: 'paused', applied: 11 })
    control('resume')
    pass(begin + 504)
    expect(recorder.last().applied).toBe(11)
    pass(begin + 505)
    command({ t: 'replay', op: 'speed', run: 1, speed: 10 })
    pass(begin + 510)
    const times = recorder.ofTake(TAKE).filter(event => event.cause === 0)
    expect(times.slice(11).map(event => event.time - begin)).toEqual([505, 506, 507, 508, 509, 510])
  })

  it('does not wait for what it passed as fast as it could', () => {
    const { recorder, recording, replayer, timer, feed, start, command, pass } = stage(40)
    feed.on = false
    start({ speed: 0 })
    const give = (from: number, to: number) =>
      replayer.command({ t: 'replay', op: 'steps', run: 1, index: from, steps: recording.steps.slice(from, to) })
    give(0, 20)
    pass()
    const times = () => recorder.ofTake(TAKE).filter(event => event.cause === 0)
    expect(times()).toHaveLength(20)
    command({ t: 'replay', op: 'speed', run: 1, speed: 1 })
    const from = timer.now()
    give(20, 40)
    pass()
    expect(
      times()
        .slice(20)
        .map(event => event.time - from),
    ).toEqual(recording.steps.slice(1, 21).map(step => step.at))
  })

  it('steps one root at a time while paused, to the end', () => {
    const { bank, replayer, recorder, recording, start, control, pass } = stage(8)
    start({ paused: true })
    pass()
    expect(recorder.ofTake(TAKE)).toEqual([])
    for (let n = 1; n <= recording.steps.length; n++) {
      control('step')
      expect(recorder.last()).toMatchObject({ op: 'paused', applied: n })
      expect(recorder.ofTake(TAKE).filter(event => event.cause === 0).length).toBe(n)
    }
    pass()
    expect(replayer.phase).toBe('done')
    expect(bank.get()).toEqual(recording.end)
  })

  it('stops in the middle and goes live, without an end', () => {
    const { bank, timer, recorder, start, control, pass, live } = stage()
    start()
    pass(timer.now() + 500)
    expect(bank.get()).not.toBe(live)
    control('stop')
    pass()
    expect(bank.get()).toBe(live)
    expect(recorder.last()).toMatchObject({ op: 'live', applied: 51 })
    expect(recorder.keyframes).toEqual([])
    bank.bus.emit('Tick', 1)
    expect(recorder.events.at(-1)?.take).toBe(0)
  })

  it('goes live by itself when the link is lost, playing or done', () => {
    for (const wait of [100, 1e6]) {
      const { bank, timer, replayer, start, pass, live } = stage()
      start()
      pass(timer.now() + wait)
      replayer.linkLost()
      pass()
      expect(bank.get()).toBe(live)
      expect(replayer.phase).toBe('idle')
    }
  })

  it('can be run again, and a new start ends the one before', () => {
    const { bank, recording, recorder, start, pass, control, live } = stage()
    start()
    pass()
    start({ run: 2, take: 5, away: 6 })
    pass()
    expect(story(recorder, 5)).toEqual(recording.story)
    expect(recorder.ops().filter(op => op === 'live').length).toBe(1)
    control('live')
    expect(recorder.last()).toMatchObject({ op: 'live', run: 1 })
    expect(bank.get()).toEqual(recording.end)
    start({ run: 3 })
    recorder.reports.length = 0
    expect(bank.get()).not.toBe(live)
  })
})

describe('flow control', () => {
  it('takes 10,000 steps a few at a time and lets the page breathe', () => {
    const { timer, recorder, recording, feed, bank, start, pass } = stage(10_000)
    const before = timer.tasks
    bank.bus.on('Deposit', () => timer.spend(0.5))
    start({ speed: 0 })
    pass()
    expect(bank.get()).toEqual(recording.end)
    expect(story(recorder, TAKE)).toEqual(recording.story)
    expect(feed.most).toBeLessThanOrEqual(512)
    // 7,500 deposits of half a millisecond in slices of eight.
    expect(timer.tasks - before).toBeGreaterThan(7_500 / 2 / 9)
  })

  it('waits for steps that are late, and does not hurry afterwards', () => {
    const { timer, recorder, recording, replayer, feed, start, pass } = stage(40)
    feed.on = false
    start()
    pass(timer.now() + 1000)
    const arrived = timer.now()
    for (const index of [0, 20]) {
      replayer.command({ t: 'replay', op: 'steps', run: 1, index, steps: recording.steps.slice(index, index + 20) })
      pass(timer.now() + 5000)
    }
    const times = recorder
      .ofTake(TAKE)
      .filter(event => event.cause === 0)
      .map(event => event.time - arrived)
    expect(times.slice(0, 20)).toEqual(recording.steps.slice(0, 20).map(step => step.at))
    expect(times.slice(20).map(time => time - (times[20] as number))).toEqual(
      recording.steps.slice(0, 20).map(step => step.at),
    )
  })

  it('takes no step twice and none after a hole', () => {
    const { recorder, recording, replayer, feed, start, pass } = stage(40)
    feed.on = false
    start({ speed: 0 })
    for (const [from, to] of [
      [5, 40],
      [0, 10],
      [0, 10],
      [5, 20],
      [20, 30],
      [29, 90],
    ] as const) {
      replayer.command({ t: 'replay', op: 'steps', run: 1, index: from, steps: recording.steps.slice(from, to) })
    }
    pass()
    expect(story(recorder, TAKE)).toEqual(recording.story)
  })
})

describe('takes', () => {
  it('keeps the steps and what they cause, at once or later, apart from what the user does meanwhile', () => {
    const { bank, recorder, start, control, pass } = stage(8)
    const late: (() => void)[] = []
    bank.bus.on('Tick', tick => late.push(() => bank.bus.emit('Alarm', `after ${tick}`)))
    start({ paused: true })
    for (let n = 0; n < 4; n++) control('step')
    for (const run of late) run()
    bank.bus.emit('Deposit', { account: 'user', amount: 60 })
    expect(recorder.ofTake(TAKE).at(-1)).toMatchObject({ type: 'Alarm', payload: '"after 1"' })
    expect(story(recorder, AWAY)).toEqual([
      'Deposit {"account":"user","amount":60}',
      'Fee {"account":"user","amount":6}',
    ])
    control('resume')
    pass()
    control('live')
    bank.bus.emit('Alarm', 'live')
    expect(recorder.events.at(-1)?.take).toBe(0)
  })

  it('keeps what setting a state and stopping a clock set off out of the replay', () => {
    const { bank, recorder, recording, start, control, pass } = stage(8)
    const set = bank.set
    recorder.access.set('bank', {
      get: bank.get,
      set: state => {
        set(state as typeof EMPTY)
        bank.bus.emit('Alarm', 'set')
      },
    })
    recorder.allHooks.push({ start: () => bank.bus.emit('Alarm', 'stop'), end: () => bank.bus.emit('Alarm', 'go') })
    start()
    pass()
    control('live')
    expect(story(recorder, TAKE)).toEqual(recording.story)
    expect(story(recorder, AWAY)).toEqual(['Alarm "stop"', 'Alarm "set"', 'Alarm "set"'])
    expect(recorder.events.at(-1)).toMatchObject({ type: 'Alarm', payload: '"go"', take: 0 })
  })

  it('isolated: emits everything recorded and holds what the app emits itself', () => {
    const { bank, recorder, recording, start, pass } = stage(40)
    const all = recorder.events
      .filter(event => event.take === 0)
      .slice(0, -1)
      .map(({ n, type, payload, time }) => ({ n, at: time, type, source: 'core', via: 1, payload }))
    recording.steps.splice(0, recording.steps.length, ...all)
    start({ mode: 'isolated', speed: 0 })
    pass()
    expect(bank.get()).toEqual(recording.end)
    const taken = recorder.ofTake(TAKE)
    expect(taken.filter(event => !event.held).map(({ type, payload }) => `${type} ${payload}`)).toEqual(recording.story)
    expect(taken.some(event => event.held)).toBe(true)
    bank.bus.emit('Deposit', { account: 'user', amount: 1 })
    expect(recorder.events.at(-1)?.held).toBe(false)
  })
})
