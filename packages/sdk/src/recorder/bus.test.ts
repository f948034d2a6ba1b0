import { describe, expect, it, vi } from 'vitest'
import type { Adapter, Tap } from '../api/adapter'
import { create, story } from '../testing/recorders'

// What it says on the console is expected.
vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))

describe('attachments', () => {
  function manual(name = 'bus', more: Partial<Adapter> = {}) {
    let tap: Tap | undefined
    const disconnect = vi.fn()
    const adapter: Adapter = {
      name,
      connect(given) {
        tap = given
        return disconnect
      },
      ...more,
    }
    return { adapter, disconnect, tap: () => tap as Tap }
  }

  it('record with source, number and what they say of themselves', () => {
    const recorder = create()
    const bus = manual('bus', { observeOnly: true })
    const detach = recorder.attach(bus.adapter, { source: 'core' })
    expect(bus.tap().around('a', 1, () => 'result')).toBe('result')
    bus.tap().around('b', 2, () => bus.tap().heard('c', 3))
    expect(story(recorder)).toBe('a b b>c')
    expect(recorder.history.getEvents()[0]).toMatchObject({ source: 'core', flags: ['observedOnly'] })
    detach()
    detach()
    expect(bus.disconnect).toHaveBeenCalledTimes(1)
  })

  it('that cannot connect are reported once and thrown nowhere', () => {
    const recorder = create()
    expect(() =>
      recorder.attach({
        name: 'bad',
        connect: () => {
          throw new Error('no')
        },
      })(),
    ).not.toThrow()
  })

  it('are undone by dispose', () => {
    const recorder = create()
    const bus = manual()
    recorder.attach(bus.adapter)
    recorder.dispose()
    expect(bus.disconnect).toHaveBeenCalled()
    expect(bus.tap().around('late', 0, () => 5)).toBe(5)
    expect(recorder.record('late')).toBeUndefined()
  })

  it('describe() may throw or emit', () => {
    const recorder = create()
    const bus = manual()
    recorder.attach(bus.adapter, {
      describe: type => {
        bus.tap().heard(type, 'again')
        if (type === 'bad') throw new Error('no')
        return { level: 'milestone' }
      },
    })
    bus.tap().heard('good', 1)
    bus.tap().heard('bad', 2)
    expect(recorder.history.getEvents().map(event => `${event.type} ${event.level}`)).toEqual([
      'good milestone',
      'bad action',
    ])
  })
})
