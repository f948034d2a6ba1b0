import { describe, expect, it, vi } from 'vitest'
import { busOf, create, story } from '../testing/recorders'

// What it says on the console is expected.
vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))

describe('causes', () => {
  it('are the dispatches around an event', () => {
    const recorder = create()
    const emit = busOf(recorder, {
      a: emit => {
        emit('b')
        emit('c')
      },
      b: emit => emit('d'),
    })
    emit('a')
    emit('e')
    expect(story(recorder)).toBe('a a>b b>d a>c e')
    expect(recorder.history.getEvents().map(event => event.causeKind)).toEqual([
      'unknown',
      'synchronous',
      'synchronous',
      'synchronous',
      'unknown',
    ])
  })

  it('skip what is filtered or below the level', () => {
    const recorder = create({ filters: { exclude: ['hidden*'] } })
    const emit = busOf(
      recorder,
      { a: emit => emit('hidden:1'), 'hidden:1': emit => emit('tiny'), tiny: emit => emit('b') },
      { describe: (type: string) => (type === 'tiny' ? { level: 'detail' } : undefined) },
    )
    emit('a')
    expect(story(recorder)).toBe('a a>b')
  })

  it('survive handlers that throw, and mark them', () => {
    const recorder = create()
    const emit = busOf(recorder, {
      a: emit => {
        try {
          emit('b')
        } catch {
          emit('c')
        }
      },
      b: () => {
        throw new TypeError('handler')
      },
    })
    emit('a')
    expect(() => emit('b')).toThrow(TypeError)
    emit('d')
    expect(story(recorder)).toBe('a a>b a>c b d')
    expect(recorder.history.getEvents().map(event => event.flags.includes('threw'))).toEqual([
      false,
      true,
      false,
      true,
      false,
    ])
  })

  it('can be given: explicit, several, from elsewhere, across a boundary', async () => {
    const recorder = create()
    const other = '01ARZ3NDEKTSV4RRFFQ69G5FAV-0000000042'
    const a = recorder.record('a')
    const b = recorder.record('b', 0, { causedBy: a })
    const c = recorder.record('c', 0, { causedBy: [other, a as string, b as string] })
    await new Promise<void>(resolve =>
      setTimeout(() =>
        recorder.within(c, () => {
          expect(recorder.current()).toBe(c)
          recorder.record('d')
          recorder.within(other, () => recorder.record('e'))
          recorder.within(undefined, () => recorder.record('f'))
          resolve()
        }),
      ),
    )
    expect(recorder.current()).toBeUndefined()
    const events = recorder.history.getEvents()
    expect(events.map(event => event.causeKind)).toEqual([
      'unknown',
      'explicit',
      'explicit',
      'explicit',
      'explicit',
      'unknown',
    ])
    expect(events.map(event => event.cause)).toEqual([undefined, a, a, c, other, undefined])
    expect(recorder.history.effects(other).map(event => event.type)).toEqual(['c', 'e'])
    expect(recorder.history.effects(a as string).map(event => event.type)).toEqual(['b', 'c'])
    expect(recorder.history.causes(events[3]?.id as string).map(event => event.type)).toEqual(['c', 'a'])
    for (const odd of ['', 'x', null, 5, {}])
      expect(() => recorder.record('g', 0, { causedBy: odd as string })).not.toThrow()
    expect(recorder.within(5 as never, () => 'result')).toBe('result')
  })

  it('are none for inputs', () => {
    const recorder = create()
    const emit = busOf(recorder, { tick: emit => emit('user:click') }, { inputs: ['user:*'] })
    emit('tick')
    recorder.within(recorder.history.getEvents()[0]?.id, () => recorder.record('key', 1, { input: true }))
    expect(story(recorder)).toBe('tick user:click key')
    expect(recorder.history.getEvents().map(event => event.flags.includes('input'))).toEqual([false, true, true])
  })
})
