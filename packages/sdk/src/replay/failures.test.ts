import { describe, expect, it } from 'vitest'
import { mittAdapter } from '../adapters/mitt'
import { EMPTY } from './testing/bank'
import { stage, story, TAKE } from './testing/stage'

describe('a replay that cannot start', () => {
  it('refuses another origin and touches nothing', () => {
    const { bank, recorder, replayer, start, pass, live } = stage()
    let stopped = 0
    recorder.allHooks.push({ start: () => stopped++ })
    start({ origin: 'http://elsewhere.example' })
    pass()
    expect(recorder.reports).toEqual([
      {
        t: 'replay',
        op: 'failed',
        run: 1,
        applied: 0,
        skipped: 0,
        reason: 'recorded in http://elsewhere.example, this page is of http://localhost:1',
      },
    ])
    expect(replayer.phase).toBe('failed')
    expect([bank.get(), stopped]).toEqual([live, 0])
  })

  it.each(['get', 'set', 'start', 'json'])('gives the live state back when %s fails', what => {
    const { bank, recorder, replayer, start, pass, live } = stage()
    const calls: string[] = []
    const bad = () => {
      throw new Error('the app said no')
    }
    recorder.allHooks.push({ start: () => calls.push('start'), end: () => calls.push('end') })
    if (what === 'start') recorder.allHooks.push({ start: bad, end: () => calls.push('never started') })
    if (what === 'get') recorder.access.set('other', { get: bad, set() {} })
    if (what === 'set') {
      const set = (state: unknown) => (state === 1 ? bad() : calls.push(`set ${state}`))
      recorder.access.set('other', { get: () => 0, set })
    }
    const json = what === 'json' ? '{"cut' : '1'
    start({
      states: [
        { state: 'bank', json: JSON.stringify(EMPTY) },
        { state: 'other', json },
      ],
    })
    pass()
    expect(recorder.last().op).toBe('failed')
    if (what !== 'json') expect(recorder.last().reason).toContain('the app said no')
    expect(replayer.phase).toBe('failed')
    expect(bank.get()).toBe(live)
    expect(calls).toEqual(
      { get: [], set: ['start', 'set 0', 'end'], start: ['start', 'end'], json: ['start', 'end'] }[what],
    )
    bank.bus.emit('Tick', 1)
    expect(recorder.events.at(-1)?.take).toBe(0)
    recorder.access.delete('other')
    recorder.allHooks.length = 0
    start({ run: 2 })
    pass()
    expect(recorder.last().op).toBe('done')
  })

  it('says which recorded states it did not set', () => {
    const { recorder, start, pass } = stage(8)
    recorder.access.set('view', { get: () => 1 })
    start({ states: ['gone', 'view', 'bank'].map(state => ({ state, json: JSON.stringify(EMPTY) })) })
    pass()
    expect(recorder.last()).toMatchObject({
      op: 'done',
      reason: 'the state gone is not registered in this page; the state view can only be looked at',
    })
  })

  it('ignores commands of a replay it does not know, except that it says it is live', () => {
    const { recorder, command, control } = stage(8)
    for (const op of ['pause', 'resume', 'step'] as const) control(op)
    command({ t: 'replay', op: 'steps', run: 9, index: 0, steps: [] })
    expect(recorder.reports).toEqual([])
    control('stop')
    expect(recorder.ops()).toEqual(['live'])
  })
})

describe('a step that cannot be emitted', () => {
  const run = (change: (context: ReturnType<typeof stage>) => void) => {
    const context = stage(8)
    change(context)
    context.start()
    context.pass()
    return context
  }

  it('is skipped and counted when its payload is not whole', () => {
    const { recorder, recording } = run(({ recording }) => {
      for (const n of [0, 2])
        Object.assign(recording.steps[n] as object, { payload: '{"account":{"$ph":"redacted","v":"account"}}' })
    })
    expect(recorder.last()).toMatchObject({
      op: 'done',
      applied: 8,
      skipped: 2,
      reason: 'the payload of Deposit is not whole',
    })
    expect(recorder.ofTake(TAKE).filter(event => event.cause === 0).length).toBe(recording.steps.length - 2)
  })

  it('is emitted when the attachment revives the payload', () => {
    const { bank, recorder } = run(({ bank, recorder, recording, detach }) => {
      detach()
      recorder.attach(mittAdapter(bank.bus), 'vault', ({ payload }) => ({ ...(payload as object), account: 'revived' }))
      const payload = '{"account":{"$ph":"redacted","v":"account"},"amount":5}'
      Object.assign(recording.steps[0] as object, { via: 2, source: 'vault', payload })
      for (const step of recording.steps.slice(1)) Object.assign(step, { via: 2, source: 'vault' })
    })
    expect(recorder.last().skipped).toBe(0)
    expect(bank.get().accounts.revived).toBe(5)
  })

  it('is skipped where nothing can emit it', () => {
    const { recorder } = run(({ recorder, recording }) => {
      recorder.attach({ name: 'socket', connect: () => () => {} }, 'net')
      Object.assign(recording.steps[0] as object, { via: 2, source: 'net' })
      Object.assign(recording.steps[1] as object, { via: 7, source: 'nobody' })
      Object.assign(recording.steps[2] as object, { type: 'Symbol(x)' })
    })
    expect(recorder.last()).toMatchObject({ applied: 8, skipped: 3, reason: 'socket is observe-only' })
  })

  it('finds the attachment by its source when numbers have changed', () => {
    const { recorder, recording } = run(({ recording }) => {
      for (const step of recording.steps) step.via = 9
    })
    expect(story(recorder, TAKE)).toEqual(recording.story)
  })

  it('goes on when a handler throws', () => {
    const { bank, recorder } = run(({ recording }) => {
      Object.assign(recording.steps[0] as object, { payload: '{"account":"x","amount":-1}' })
    })
    expect(recorder.ofTake(TAKE)[0]?.threw).toBe(true)
    expect(recorder.last()).toMatchObject({ op: 'done', applied: 8, skipped: 0 })
    expect(recorder.warnings).toEqual(['a handler of Deposit threw in the replay'])
    expect(bank.get().accounts.x).toBe(-1)
  })

  it('ends when a handler ends the replay', () => {
    const { bank, replayer, recorder, start, pass, live } = stage(8)
    bank.bus.on('Tick', () => replayer.dispose())
    start()
    pass()
    expect(bank.get()).toBe(live)
    expect(recorder.ofTake(TAKE).filter(event => event.cause === 0).length).toBe(4)
    expect(replayer.phase).toBe('idle')
  })
})
