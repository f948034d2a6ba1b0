import type { LinkInfo } from '@playhead/engine/contract/links'
import { beforeEach, describe, expect, it } from 'vitest'
import type { PageLink, Transport, TransportEvents } from '../../platform/transport'
import { type ConnectionEngine, startConnection } from './connection'

class FakeEngine implements ConnectionEngine {
  readonly opened: LinkInfo[] = []
  readonly received: [link: number, message: unknown][] = []
  readonly closed: number[] = []
  /** Answers that the engine still owes. */
  readonly owed: (() => void)[] = []
  send: (link: number, message: unknown) => void = () => {}

  linkOpened(link: LinkInfo): void {
    this.opened.push(link)
  }
  receive(link: number, message: unknown): Promise<void> {
    this.received.push([link, message])
    return new Promise(resolve => this.owed.push(resolve))
  }
  linkClosed(link: number): void {
    this.closed.push(link)
  }
  onSend(listener: (link: number, message: unknown) => void): () => void {
    this.send = listener
    return () => (this.send = () => {})
  }
  async catchUp(): Promise<void> {
    for (const done of this.owed.splice(0)) done()
    await new Promise(resolve => setTimeout(resolve))
  }
}

class FakeTransport implements Transport {
  events!: TransportEvents
  disposed = false
  start(events: TransportEvents): void {
    this.events = events
  }
  dispose(): void {
    this.disposed = true
  }
  page(origin = 'http://localhost'): PageLink & { sent: unknown[] } {
    const sent: unknown[] = []
    const link: PageLink & { sent: unknown[] } = {
      ...{ origin, url: `${origin}/`, title: 'Page', frame: 'top', sent },
      send: message => sent.push(message),
      close: () => this.events.closed(link),
    }
    this.events.opened(link)
    return link
  }
}

describe('the connection', () => {
  let engine: FakeEngine
  let transport: FakeTransport
  let asked: string[]
  beforeEach(() => {
    engine = new FakeEngine()
    transport = new FakeTransport()
    asked = []
  })
  const start = () =>
    startConnection(engine, {
      tab: 'run-1:5',
      transport,
      grant: async origin => asked.push(origin) > 0,
    })
  const reach = (access: 'ok' | 'denied' | 'error', origin?: string) =>
    transport.events.reach({
      access,
      page: origin === undefined ? null : { url: `${origin}/`, title: '', origin },
      frames: 0,
      message: '',
    })

  it('tells how it stands with the page', () => {
    const { state } = start()
    expect(state.value.phase).toBe('starting')
    reach('ok')
    expect(state.value.phase).toBe('waiting')
    const page = transport.page()
    expect(state.value.phase).toBe('connected')
    page.close()
    expect(state.value.phase).toBe('waiting')
    reach('error')
    expect(state.value.phase).toBe('lost')
    reach('denied', 'https://shop.example')
    expect(state.value).toMatchObject({ phase: 'no-access', permission: 'https://shop.example' })
  })

  it('asks for one plain origin only', () => {
    const connection = start()
    for (const origin of ['https://*', 'http://*.com', 'null', 'file://', 'chrome://settings', '*://*']) {
      reach('denied', origin)
      expect(connection.state.value.permission).toBeNull()
      connection.grant?.()
    }
    reach('denied', 'https://shop.example')
    connection.grant?.()
    expect(asked).toEqual(['https://shop.example'])
  })

  it('carries messages of each link to the engine and back, and none of one that is gone', () => {
    start()
    const [a, b] = [transport.page(), transport.page('https://frame.example')]
    expect(engine.opened).toMatchObject([
      { link: 1, tab: 'run-1:5', origin: 'http://localhost' },
      { link: 2, origin: 'https://frame.example' },
    ])
    transport.events.message(b, { t: 'pong', id: 1 })
    engine.send(2, 'two')
    engine.send(1, 'one')
    engine.send(77, 'nobody')
    expect(engine.received).toEqual([[2, { t: 'pong', id: 1 }]])
    expect([a.sent, b.sent]).toEqual([['one'], ['two']])
    b.close()
    b.close()
    transport.events.message(b, { t: 'pong', id: 2 })
    engine.send(2, 'late')
    expect(engine.closed).toEqual([2])
    expect(engine.received.length).toBe(1)
    expect(b.sent).toEqual(['two'])
  })

  it('says when nobody answers any more, and when somebody does again', () => {
    const { state } = start()
    const [a, b] = [transport.page(), transport.page()]
    const ping = () => {
      for (const link of [1, 2]) engine.send(link, { t: 'ping', id: 1 })
    }
    ping()
    ping()
    expect(state.value.phase).toBe('connected')
    ping()
    expect(state.value.phase).toBe('silent')
    transport.events.message(b, { t: 'pong', id: 1 })
    expect(state.value.phase).toBe('connected')
    for (let i = 0; i < 3; i++) ping()
    expect(state.value.phase).toBe('silent')
    // What is sent for other reasons proves nothing.
    for (let i = 0; i < 9; i++) engine.send(2, { t: 'ack', accepted: 1, persisted: 1 })
    b.close()
    expect(state.value.phase).toBe('silent')
    a.close()
    expect(state.value.phase).toBe('starting')
    transport.events.reach({ access: 'ok', page: null, frames: 0, message: '', left: true })
    expect(state.value.phase).toBe('silent')
    transport.page()
    expect(state.value.phase).toBe('connected')
  })

  it('bounds what waits for the engine, counts the rest, and recovers', async () => {
    const { state } = start()
    const page = transport.page()
    const batch = () => ({ t: 'batch', data: new ArrayBuffer(1 << 20) })
    for (let i = 0; i < 500; i++) transport.events.message(page, batch())
    expect(engine.received.length).toBeLessThan(100)
    // Another frame is not made to pay for it.
    const other = transport.page('https://frame.example')
    transport.events.message(other, batch())
    expect(engine.received.at(-1)?.[0]).toBe(2)
    const taken = engine.received.length
    await expect.poll(() => state.value.dropped).toBe(501 - taken)
    await engine.catchUp()
    transport.events.message(page, batch())
    expect(engine.received.length).toBe(taken + 1)
  })

  it('bounds the number of small messages and of links too', () => {
    start()
    const page = transport.page()
    for (let i = 0; i < 50_000; i++) transport.events.message(page, { t: 'pong', id: i })
    expect(engine.received.length).toBe(16_384)
    for (let i = 0; i < 5000; i++) transport.page()
    expect(engine.opened.length).toBe(1024)
  })

  it.each([
    ['too large', () => ({ t: 'batch', data: new ArrayBuffer(100 << 20) })],
    ['what no worker takes', () => ({ t: 'batch', data: new MessageChannel().port1 })],
    ['a long text', () => 'x'.repeat(2 << 20)],
  ])('drops %s', async (_what, message) => {
    const { state } = start()
    const page = transport.page()
    transport.events.message(page, message())
    expect(engine.received).toEqual([])
    await expect.poll(() => state.value.dropped).toBe(1)
  })

  it('lets everything go', () => {
    const connection = start()
    const page = transport.page()
    connection.dispose()
    expect(engine.closed).toEqual([1])
    expect(transport.disposed).toBe(true)
    engine.send(1, 'late')
    expect(page.sent).toEqual([])
  })
})
