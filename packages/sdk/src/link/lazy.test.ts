import { describe, expect, it, vi } from 'vitest'
import { link } from '../entries/link'
import { assembleInternals } from '../recorder/assemble'
import { openPanelAccess } from '../recorder/panel-access'
import type { PanelConnector } from '../recorder/panel-connection'
import { startRecorder } from '../recorder/recorder'
import { FakeEngine, until } from '../testing/fake-engine'
import { connector } from './connector'

vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))

/** A way in whose connector comes, or does not, when the test says so. */
function waiting() {
  const loads: { come: () => void; fail: () => void }[] = []
  const load = () =>
    new Promise<PanelConnector>((resolve, reject) => {
      loads.push({ come: () => resolve(connector), fail: () => reject(new Error('404')) })
    })
  const internals = assembleInternals({ name: 'test' })
  const access = openPanelAccess(internals, undefined, load)
  const offer = () => {
    const { port1, port2 } = new MessageChannel()
    const heard: string[] = []
    port2.onmessage = event => heard.push((event.data as { t: string }).t)
    port2.addEventListener('close', () => heard.push('closed'))
    access.accept(port1)
    return heard
  }
  const dispose = () => {
    internals.disposed = true
    access.dispose()
  }
  return { internals, dispose, loads, offer, access }
}

describe('a link that is loaded when somebody listens', () => {
  it('opens on the newest port, once', async () => {
    const { internals, dispose, loads, offer } = waiting()
    const first = offer()
    const second = offer()
    expect(internals.connection).toBeUndefined()
    for (const { come } of loads) come()
    await until(() => second.length > 0 && first.length > 0)
    expect([first, second]).toEqual([['closed'], ['hello']])
    const third = offer()
    await until(() => third.length > 0 && second.length > 1)
    expect([second, third]).toEqual([['hello', 'closed'], ['hello']])
    dispose()
  })

  it('is tried again with the next port where it could not be loaded', async () => {
    const { dispose, loads, offer } = waiting()
    const first = offer()
    loads[0]?.fail()
    await until(() => first.length > 0)
    expect(first).toEqual(['closed'])
    const second = offer()
    loads[1]?.come()
    await until(() => second.length > 0)
    expect(second).toEqual(['hello'])
    dispose()
  })

  it('stays shut when the recorder was disposed of meanwhile', async () => {
    const { internals, dispose, loads, offer } = waiting()
    const heard = offer()
    dispose()
    loads[0]?.come()
    await until(() => heard.length > 0)
    expect(heard).toEqual(['closed'])
    expect(internals.connection).toBeUndefined()
  })

  it('keeps artifacts from before it came, and names those it never comes for', async () => {
    const { internals, dispose, loads, access } = waiting()
    const given = { data: 'text', type: undefined, time: 5, afterN: 0 }
    internals.waiting.push({ ...given, name: 'gone' })
    access.open()
    loads[0]?.fail()
    await until(() => internals.waiting.length === 0)
    internals.waiting.push({ ...given, name: 'kept' })
    const engine = new FakeEngine()
    const { port1, port2 } = new MessageChannel()
    engine.adopt(port2)
    access.accept(port1)
    loads[1]?.come()
    await until(() => engine.marks.length === 2 && engine.replies.length === 1)
    expect(engine.marks.map(({ name, data }) => [name, JSON.parse(data as string).ref !== ''])).toEqual([
      ['gone', false],
      ['kept', true],
    ])
    expect(engine.replies).toMatchObject([{ t: 'artifact', name: 'kept', time: 5 }])
    dispose()
  })
})

it('is there from the start, and never loaded, where the app builds it in', async () => {
  const load = vi.fn()
  const recorder = startRecorder({ name: 'test', extensions: [link()] }, load)
  const engine = new FakeEngine()
  engine.connect(recorder)
  await until(() => engine.hello !== undefined)
  expect(load).not.toHaveBeenCalled()
  recorder.dispose()
})
