import { describe, expect, it } from 'vitest'
import { CannotReplay } from '../api/cannot-replay'
import { AWAY, stage, story, TAKE } from './testing/stage'

describe('an app that emits in a later task', () => {
  /** The bus of a bank that puts off what it is asked to emit until `deliver`. */
  function lateStage(count: number) {
    const staged = stage(count)
    const waiting: (() => void)[] = []
    const bus = staged.recorder.bus(1)
    const emit = bus?.replay
    if (!bus || !emit) throw new Error('nothing to replay through')
    bus.replay = event =>
      new Promise<void>(resolve =>
        waiting.push(() => {
          staged.recorder.step(() => emit(event))
          resolve()
        }),
      )
    const deliver = async () => {
      const now = waiting.splice(0)
      for (const run of now) run()
      await new Promise(resolve => setImmediate(resolve))
      staged.pass()
      return now.length
    }
    return { ...staged, waiting, deliver }
  }

  it('gets one step at a time, and the replay ends after the last of them', async () => {
    const { bank, recorder, recording, replayer, start, pass, deliver } = lateStage(8)
    start({ speed: 0 })
    pass()
    for (let n = 1; n <= recording.steps.length; n++) {
      expect(replayer.phase).toBe('playing')
      expect(await deliver()).toBe(1)
    }
    expect(replayer.phase).toBe('done')
    expect(story(recorder, TAKE)).toEqual(recording.story)
    expect(recorder.keyframes).toEqual([{ take: TAKE, why: 'end', states: { bank: recording.end } }])
    expect(bank.get()).toEqual(recording.end)
  })

  it('is stepped through, and a step asked for too early follows', async () => {
    const { recorder, recording, replayer, start, control, pass, deliver } = lateStage(4)
    start({ paused: true })
    pass()
    control('step')
    control('step')
    expect(await deliver()).toBe(1)
    expect(await deliver()).toBe(1)
    expect(recorder.last()).toMatchObject({ op: 'paused', applied: 2 })
    control('step')
    await deliver()
    control('step')
    expect(replayer.phase).toBe('paused')
    await deliver()
    expect(replayer.phase).toBe('done')
    expect(story(recorder, TAKE)).toEqual(recording.story)
  })

  it('can be left in the middle', async () => {
    const { bank, replayer, start, control, pass, deliver, live, waiting } = lateStage(8)
    start({ speed: 0 })
    pass()
    waiting.length = 0
    control('live')
    expect(bank.get()).toBe(live)
    expect(replayer.phase).toBe('idle')
    expect(await deliver()).toBe(0)
  })

  it('is not waited for when the recorder is disposed of', () => {
    const { bank, recorder, replayer, start, pass, live } = lateStage(8)
    let ended = false
    recorder.allHooks.push({ end: () => void (ended = true) })
    start({ speed: 0 })
    pass()
    replayer.linkLost()
    expect([bank.get() === live, ended]).toEqual([true, false])
    replayer.dispose()
    expect([bank.get() === live, ended]).toEqual([true, true])
  })

  it('does not change the live state when it is late: not before that is over is the replay', async () => {
    const { bank, recorder, start, control, pass, deliver, live, timer, waiting } = lateStage(8)
    const ended: number[] = []
    recorder.allHooks.push({ end: () => ended.push(timer.now()) })
    start({ speed: 0 })
    pass()
    control('live')
    expect(bank.get()).toBe(live)
    expect(recorder.last().op).not.toBe('live')
    expect(await deliver()).toBe(1)
    expect(bank.get()).toBe(live)
    expect(recorder.ofTake(0).at(-1)?.payload).toContain('"live"')
    expect(recorder.last().op).toBe('live')
    expect(ended).toHaveLength(1)

    // One that never comes is not waited for for ever.
    start({ run: 2, speed: 0 })
    pass()
    waiting.length = 0
    const stopped = timer.now()
    control('live', 2)
    pass()
    expect(recorder.last()).toMatchObject({ op: 'live', run: 2 })
    expect(ended).toEqual([expect.anything(), stopped + 2000])
  })

  it('says why it could not, and goes on', async () => {
    const { recorder, recording, replayer, start, pass } = stage(4)
    const bus = recorder.bus(1)
    if (bus) bus.replay = async () => Promise.reject(new CannotReplay('no such row'))
    start({ speed: 0 })
    pass()
    for (let n = 0; n < recording.steps.length; n++) {
      await new Promise(resolve => setImmediate(resolve))
      pass()
    }
    expect(replayer.phase).toBe('done')
    expect(recorder.last()).toMatchObject({ op: 'done', skipped: recording.steps.length, reason: 'no such row' })
  })
})

describe('an app that takes its time to restore a state', () => {
  /** The state `bank` is set in a later task, and only then does the app tell of it. */
  function slowStage(count: number) {
    const staged = stage(count)
    const access = staged.recorder.state('bank')
    const set = access?.set
    if (!access || !set) throw new Error('nothing to restore')
    const waiting: (() => void)[] = []
    access.set = state =>
      new Promise<void>(resolve =>
        waiting.push(() => {
          set(state)
          staged.bank.bus.emit('bank:restored' as 'Tick', 0)
          resolve()
        }),
      )
    const settle = async (order = '') => {
      const now = waiting.splice(0)
      for (const run of order === 'backwards' ? now.reverse() : now) run()
      await new Promise(resolve => setImmediate(resolve))
      staged.pass()
    }
    return { ...staged, settle }
  }
  const takesOf = (events: readonly { type: string; take: number }[]) =>
    events.filter(event => event.type === 'bank:restored').map(event => event.take)

  it('is waited for: what it tells meanwhile is neither recording nor replay', async () => {
    const { bank, recorder, recording, replayer, start, control, pass, live, settle } = slowStage(4)
    start({ speed: 0 })
    pass()
    expect(replayer.phase).toBe('seeking')
    await settle()
    expect(replayer.phase).toBe('done')
    expect(story(recorder, TAKE)).toEqual(recording.story)
    control('live')
    start({ speed: 0 })
    expect(replayer.phase).toBe('idle')
    await settle()
    expect(bank.get()).toEqual(live)
    await settle()
    expect(replayer.phase).toBe('done')
    expect(takesOf(recorder.events)).toEqual([AWAY, AWAY, AWAY])
  })

  it.each(['stop', 'link lost'])('does not begin the next replay when that ended meanwhile: %s', async how => {
    const { bank, recorder, replayer, start, control, pass, live, settle } = slowStage(4)
    start({ speed: 0 })
    pass()
    await settle()
    control('live')
    start({ run: 2, speed: 0 })
    if (how === 'stop') control('stop', 2)
    else replayer.linkLost()
    await settle()
    await settle()
    expect(bank.get()).toEqual(live)
    expect(replayer.phase).toBe('idle')
    expect(recorder.reports.filter(({ op, run }) => op === 'want' && run === 2)).toEqual([])
  })

  it('has the live state last, however late the recorded one is set', async () => {
    const { bank, start, control, pass, live, settle, recorder } = slowStage(4)
    start({ speed: 0 })
    pass()
    control('live')
    for (let i = 0; i < 3; i++) await settle('backwards')
    expect(bank.get()).toEqual(live)
    expect(recorder.last().op).toBe('live')
  })
})
