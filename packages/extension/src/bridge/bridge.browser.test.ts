import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FromBridge, PORT_NAME, parseFromBridge } from '../platform/envelope'
import { type Bridge, startBridge } from './bridge'

/** The panel's port as the bridge sees it. */
class FakePanel {
  readonly said: FromBridge[] = []
  closed = false
  private heard = (_message: unknown): void => {}
  private lost = (): void => {}
  readonly name = PORT_NAME
  readonly onMessage = { addListener: (listener: (message: unknown) => void) => (this.heard = listener) }
  readonly onDisconnect = { addListener: (listener: () => void) => (this.lost = listener) }

  postMessage(message: unknown): void {
    const copy = parseFromBridge(structuredClone(message))
    expect(copy).toBeDefined()
    this.said.push(copy!)
  }
  disconnect(): void {
    this.closed = true
  }
  say(message: unknown): void {
    this.heard(message)
  }
  go(): void {
    this.lost()
  }
  of<K extends FromBridge['k']>(kind: K): Extract<FromBridge, { k: K }>[] {
    return this.said.filter((message): message is Extract<FromBridge, { k: K }> => message.k === kind)
  }
}

describe('the bridge in a hostile page', () => {
  let bridge: Bridge
  let connect: (port: unknown) => void
  let before: unknown
  const nonces: string[] = []
  const onOffer = ({ data }: MessageEvent) => {
    if (data?.playhead === 'offer') nonces.push(data.nonce)
  }

  beforeEach(() => {
    const world = globalThis as unknown as { chrome?: Record<string, unknown> }
    world.chrome ??= {}
    before = world.chrome.runtime
    world.chrome.runtime = { id: 'us', onConnect: { addListener: (listener: typeof connect) => (connect = listener) } }
    nonces.length = 0
    addEventListener('message', onOffer)
  })
  afterEach(() => {
    bridge.dispose()
    removeEventListener('message', onOffer)
    ;(globalThis as unknown as { chrome: Record<string, unknown> }).chrome.runtime = before
    document.body.replaceChildren()
  })

  const start = () => {
    bridge = startBridge()
    const panel = new FakePanel()
    connect(panel)
    return panel
  }
  const offered = async () => {
    await expect.poll(() => nonces.length).toBeGreaterThan(0)
    return nonces.at(-1)!
  }
  const hand = (message: unknown, transfer: Transferable[] = []) => postMessage(message, '/', transfer)
  /** Everything posted so far has been heard. */
  const settled = () =>
    new Promise<void>(resolve => {
      const done = ({ data }: MessageEvent) => {
        if (data !== 'settled') return
        removeEventListener('message', done)
        resolve()
      }
      addEventListener('message', done)
      hand('settled')
    })

  it('starts although the markup shadows what the document can do', async () => {
    document.body.innerHTML =
      '<img name="addEventListener"><img name="removeEventListener"><img name="title"><img id="crypto"><form name="nodeName"></form>'
    expect(typeof document.title).toBe('object')
    const panel = start()
    expect(panel.of('ready')).toMatchObject([{ url: location.href, origin: location.origin }])
    const { port1, port2 } = new MessageChannel()
    hand({ playhead: 'port', wire: 1, nonce: await offered(), recorder: 'A' }, [port2])
    await expect.poll(() => panel.of('open').length).toBe(1)
    port1.close()
  })

  it('takes ports for the nonce of this panel only', async () => {
    const first = start()
    const old = await offered()
    const second = new FakePanel()
    connect(second)
    expect(first.closed).toBe(true)
    await expect.poll(() => nonces.at(-1)).not.toBe(old)
    const channel = () => new MessageChannel().port2
    hand({ playhead: 'port', wire: 1, nonce: old, recorder: 'A' }, [channel()])
    hand({ playhead: 'port', wire: 1, nonce: '0'.repeat(32), recorder: 'A' }, [channel()])
    hand({ playhead: 'port', wire: 1, nonce: nonces.at(-1)!.toUpperCase(), recorder: 'A' }, [channel()])
    hand({ playhead: 'port', wire: 1, nonce: nonces.at(-1), recorder: 'A'.repeat(65) }, [channel()])
    hand({ playhead: 'port', wire: 1, nonce: nonces.at(-1), recorder: 'A' })
    for (const odd of [null, 1, 'x', [], { playhead: 'port' }, { playhead: 'offer', wire: 1, nonce: old }]) hand(odd)
    await settled()
    expect([...first.of('open'), ...second.of('open')]).toEqual([])
  })

  it('hears nobody else: events made by hand, other windows, a panel that is gone', async () => {
    const panel = start()
    const nonce = await offered()
    const message = { playhead: 'port', wire: 1, nonce, recorder: 'A' }
    const { port1, port2 } = new MessageChannel()
    dispatchEvent(new MessageEvent('message', { data: message, origin: window.origin, ports: [port1] }))
    dispatchEvent(
      new MessageEvent('message', { data: message, origin: 'https://evil.example', source: window, ports: [port1] }),
    )
    const frame = document.createElement('iframe')
    frame.srcdoc = `<script>parent.postMessage(${JSON.stringify(message)}, '*', [new MessageChannel().port2])</script>`
    document.body.append(frame)
    await new Promise(resolve => frame.addEventListener('load', resolve))
    await settled()
    expect(panel.of('open')).toEqual([])
    panel.go()
    hand(message, [port2])
    await settled()
    expect(panel.of('open')).toEqual([])
  })

  it('is not made to shout', async () => {
    const panel = start()
    const nonce = await offered()
    for (let i = 0; i < 1000; i++)
      hand({ playhead: 'port', wire: 1, nonce, recorder: `R${i}` }, [new MessageChannel().port2])
    const frame = document.createElement('iframe')
    document.body.append(frame)
    for (let i = 0; i < 1000; i++) frame.dispatchEvent(new Event('load'))
    await settled()
    expect(panel.of('open').length).toBe(64)
    expect(panel.of('frames')).toEqual([])
  })

  it('reports frames that really load, once for many', async () => {
    const panel = start()
    for (let i = 0; i < 20; i++) document.body.append(document.createElement('iframe'))
    await expect.poll(() => panel.of('frames').length).toBe(1)
  })

  it('takes a last batch from the event of its nonce, and nothing that is none', async () => {
    const panel = start()
    const nonce = await offered()
    hand({ playhead: 'port', wire: 1, nonce, recorder: 'A' }, [new MessageChannel().port2])
    await expect.poll(() => panel.of('open').length).toBe(1)
    const say = (detail: unknown, name = `playhead:${nonce}`) => dispatchEvent(new CustomEvent(name, { detail }))
    const data = new ArrayBuffer(8)
    for (const odd of [
      null,
      undefined,
      1,
      {},
      { recorder: 'A' },
      { recorder: 'A', data: 'x' },
      { recorder: 'B', data },
    ])
      say(odd)
    say({ recorder: 'A', data }, 'playhead:')
    dispatchEvent(new Event(`playhead:${nonce}`))
    expect(panel.of('data')).toEqual([])
    say({ recorder: 'A', data })
    expect(panel.of('data')).toMatchObject([{ c: 1, m: { t: 'batch' } }])
  })

  it('survives what a panel should not say', () => {
    const panel = start()
    for (const odd of [null, 1, 'x', [], {}, { k: 'data' }, { k: 'data', c: 1 }, { k: 'close', c: '1' }]) panel.say(odd)
    expect(panel.said.every(({ k }) => k === 'ready')).toBe(true)
  })

  it('says where it is, however long the address', () => {
    const { href } = location
    history.replaceState(null, '', `#${'x'.repeat(200_000)}`)
    document.title = 'T'.repeat(100_000)
    expect(start().of('ready')).toMatchObject([{ url: expect.any(String), title: 'T'.repeat(512) }])
    history.replaceState(null, '', href)
  })
})
