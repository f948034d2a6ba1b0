import { describe, expect, it, vi } from 'vitest'
import { until } from '../testing/fake-engine'
import { Connection } from './connection'
import type { LinkOwner } from './link'
import { type Transport, transport } from './transport'

vi.mock('../natives', async original => ({ ...(await original<typeof import('../natives')>()), warnOnce: () => {} }))

const owner = {
  hello: () => ({ t: 'hello' }),
  parseReplay: undefined,
  schemas: [],
  descriptions: [],
  emitted: 0,
  linkLost() {},
} as unknown as LinkOwner & { linkLost(): void }

/** A connection whose transport comes, or does not, when the test says so. */
function waiting() {
  const loads: { come: () => void; fail: () => void }[] = []
  const load = () =>
    new Promise<Transport>((resolve, reject) => {
      loads.push({ come: () => resolve(transport), fail: () => reject(new Error('404')) })
    })
  const connection = new Connection('R', [], owner, () => 0, undefined, load)
  const offer = () => {
    const { port1, port2 } = new MessageChannel()
    const heard: string[] = []
    port2.onmessage = event => heard.push((event.data as { t: string }).t)
    port2.addEventListener('close', () => heard.push('closed'))
    connection.accept(port1, '', true)
    return heard
  }
  return { connection, loads, offer }
}

describe('a link that is loaded when somebody listens', () => {
  it('opens on the newest port, once', async () => {
    const { connection, loads, offer } = waiting()
    const first = offer()
    const second = offer()
    expect(connection.link).toBeUndefined()
    for (const { come } of loads) come()
    await until(() => second.length > 0 && first.length > 0)
    expect([first, second]).toEqual([['closed'], ['hello']])
    const third = offer()
    await until(() => third.length > 0 && second.length > 1)
    expect([second, third]).toEqual([['hello', 'closed'], ['hello']])
    connection.dispose()
  })

  it('is tried again with the next port where it could not be loaded', async () => {
    const { connection, loads, offer } = waiting()
    const first = offer()
    loads[0]?.fail()
    await until(() => first.length > 0)
    expect(first).toEqual(['closed'])
    const second = offer()
    loads[1]?.come()
    await until(() => second.length > 0)
    expect(second).toEqual(['hello'])
    connection.dispose()
  })

  it('stays shut when the recorder was disposed of meanwhile', async () => {
    const { connection, loads, offer } = waiting()
    const heard = offer()
    connection.dispose()
    loads[0]?.come()
    await until(() => heard.length > 0)
    expect(heard).toEqual(['closed'])
    expect(connection.link).toBeUndefined()
  })
})
