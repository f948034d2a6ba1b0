import { beforeEach, describe, expect, it } from 'vitest'
import type { FromBridge } from '../platform/envelope'
import { Channels } from './channels'

/** The bridge's end of a port: the page's side of it is the test. */
class FakePort {
  onmessage: ((event: { data: unknown }) => void) | null = null
  readonly sent: unknown[] = []
  closed = false
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
  close(): void {
    this.closed = true
  }
}

describe('the channels of a frame', () => {
  let posted: FromBridge[]
  let time: number
  let channels: Channels
  beforeEach(() => {
    posted = []
    time = 0
    channels = new Channels(
      message => posted.push(message),
      () => time,
    )
  })
  const open = (recorder: string) => {
    const port = new FakePort()
    channels.open(recorder, port as unknown as MessagePort)
    return port
  }

  it('carry messages both ways, unread', () => {
    const port = open('A')
    port.onmessage?.({ data: { anything: 1 } })
    channels.receive({ k: 'data', c: 1, m: { t: 'ping', id: 1 } })
    expect(posted).toEqual([
      { k: 'open', c: 1, recorder: 'A' },
      { k: 'data', c: 1, m: { anything: 1 } },
    ])
    expect(port.sent).toEqual([{ t: 'ping', id: 1 }])
  })

  it('replace a port of the same recorder, and say so to the old one', () => {
    const first = open('A')
    const second = open('A')
    expect(first).toMatchObject({ sent: [{ t: 'closed' }], closed: true, onmessage: null })
    expect(second.closed).toBe(false)
    expect(posted.map(({ k }) => k)).toEqual(['open', 'closed', 'open'])
    channels.receive({ k: 'data', c: 1, m: 'late' })
    expect(first.sent).toEqual([{ t: 'closed' }])
  })

  it('take a last batch of recorders they know only', () => {
    open('A')
    const data = new ArrayBuffer(8)
    channels.lastBatch('A', data)
    channels.lastBatch('B', data)
    expect(posted.slice(1)).toEqual([{ k: 'data', c: 1, m: { t: 'batch', data } }])
  })

  it('ignore numbers of channels that are not there', () => {
    open('A')
    channels.receive({ k: 'close', c: 1 })
    channels.receive({ k: 'close', c: 1 })
    channels.receive({ k: 'data', c: 2, m: 1 })
    expect(posted.map(({ k }) => k)).toEqual(['open', 'closed'])
  })

  it('are bounded, whatever names a page invents', () => {
    const ports = Array.from({ length: 100 }, (_, i) => open(`R${i}`))
    expect(ports.filter(port => !port.closed).length).toBe(64)
    expect(posted.length).toBe(64)
    // One that is there may still replace its port.
    expect(open('R0').closed).toBe(false)
    channels.closeAll()
    expect(open('R99').closed).toBe(false)
  })

  it('are opened at a bounded rate, and again later', () => {
    for (let i = 0; i < 10_000; i++) open('A')
    expect(posted.filter(({ k }) => k === 'open').length).toBe(256)
    time += 1000
    for (let i = 0; i < 100; i++) open('A')
    expect(posted.filter(({ k }) => k === 'open').length).toBe(256 + 16)
  })
})
