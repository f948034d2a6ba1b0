import { Flag } from '@playhead/shared/model/event'
import { parseReplay } from '@playhead/shared/wire/parse-replay'
import { describe, expect, it, vi } from 'vitest'
import { history } from '../entries/history'
import { asExtension } from '../recorder/extensions'
import { busOf, create, story } from '../testing/recorders'
import { type ReplayTarget, replayTarget } from './target'

// What it says on the console is expected.
vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))

describe('the replayer’s side', () => {
  function withTarget() {
    let target: ReplayTarget | undefined
    const grab = asExtension({
      kind: 'replay',
      parse: parseReplay,
      connect(internals) {
        target = replayTarget(internals)
        return { command: () => {}, linkLost: () => {}, dispose: () => {} }
      },
    })
    const recorder = create({ extensions: [history(), grab] })
    return { recorder, target: target as unknown as ReplayTarget }
  }

  it('makes roots of its steps, in a take of their own', () => {
    const { recorder, target } = withTarget()
    const emit = busOf(recorder, { a: emit => emit('b') })
    emit('a')
    target.setTake(1)
    recorder.within(recorder.history.getEvents()[0]?.id, () => target.step(() => emit('a')))
    target.setTake(2)
    emit('c')
    target.setTake(0)
    expect(story(recorder)).toBe('a a>b a a>b c')
    expect(recorder.history.getEvents().map(event => event.take)).toEqual([0, 0, 1, 1, 2])
    expect(recorder.history.getEvents().map(event => event.flags)).toEqual([[], [], ['input'], [], []])
  })

  it('can hold back what the app emits by itself', () => {
    const { recorder, target } = withTarget()
    const handled: string[] = []
    const run = recorder.middleware()
    const emit = (type: string): unknown =>
      run({ type }, () => {
        handled.push(type)
        if (type === 'a') emit('b')
        return type
      })
    target.setIsolated(true)
    expect(emit('c')).toBeUndefined()
    target.step(() => emit('a'))
    target.setIsolated(false)
    emit('d')
    expect(handled).toEqual(['a', 'd'])
    expect(story(recorder)).toBe('c a a>b d')
  })

  it('finds attachments and states', () => {
    const { recorder, target } = withTarget()
    const replay = vi.fn()
    const detach = recorder.attach({ name: 'bus', connect: () => () => {}, replay }, { source: 'core' })
    expect(target.buses()).toMatchObject([{ id: 1, name: 'bus', source: 'core', replay }])
    detach()
    expect(target.buses()).toEqual([])
    recorder.attach({ name: 'bus', connect: () => () => {}, replay }, { source: 'core' })
    expect(target.bus(1)?.name).toBe('bus')
    const unregister = recorder.state('s', { get: () => 1 })
    expect(target.states()).toEqual(['s'])
    unregister()
    expect(target.states()).toEqual([])
    const hooks = { start: () => {} }
    const remove = recorder.onReplay(hooks)
    expect(target.hooks()).toEqual([hooks])
    remove()
    expect(target.hooks()).toEqual([])
    expect(Flag.input).toBe(16)
  })
})
