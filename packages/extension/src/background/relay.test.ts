import { beforeEach, describe, expect, it, vi } from 'vitest'

const ROOT = 'moz-extension://abc/'
const PANEL = { id: 'us', url: `${ROOT}src/panel/devtools-panel.html` }

/** One end of a port, as the browser gives it. */
class FakePort {
  readonly sent: unknown[] = []
  closed = false
  private readonly heard: ((message: unknown) => void)[] = []
  private readonly lost: (() => void)[] = []
  readonly onMessage = { addListener: (listener: (message: unknown) => void) => this.heard.push(listener) }
  readonly onDisconnect = { addListener: (listener: () => void) => this.lost.push(listener) }

  constructor(
    readonly name: string,
    readonly sender?: { id?: string; url?: string },
  ) {}
  postMessage(message: unknown): void {
    if (this.closed) throw new Error('disconnected')
    this.sent.push(message)
  }
  disconnect(): void {
    this.closed = true
  }
  /** The other side says something, or goes. */
  say(message: unknown): void {
    for (const listener of this.heard) listener(message)
  }
  go(): void {
    this.closed = true
    for (const listener of this.lost) listener()
  }
}

const world = vi.hoisted(() => ({
  onConnect: (_port: unknown): void => {},
  onMessage: (_message: unknown, _sender: unknown): unknown => undefined,
  injected: [] as number[],
  injections: [] as (() => void)[],
  opened: [] as string[],
  frames: [] as { frameId: number }[],
  connect: (_tab: number, _info: { frameId: number }): unknown => undefined,
}))

vi.mock('../platform/browser', () => ({
  browser: {
    runtime: {
      id: 'us',
      getURL: (path: string) => `moz-extension://abc/${path}`,
      onConnect: { addListener: (listener: typeof world.onConnect) => (world.onConnect = listener) },
      onMessage: { addListener: (listener: typeof world.onMessage) => (world.onMessage = listener) },
    },
    tabs: {
      connect: (tab: number, info: { frameId: number }) => world.connect(tab, info),
      get: async (tab: number) => ({ incognito: tab === 7 }),
      create: async ({ url }: { url: string }) => world.opened.push(url),
    },
  },
  injectBridge: (tab: number) => {
    world.injected.push(tab)
    return new Promise(resolve => world.injections.push(() => resolve(world.frames)))
  },
}))
await import('./relay')

describe('the relay', () => {
  const bridges: FakePort[] = []
  const settle = async () => {
    for (const done of world.injections.splice(0)) done()
    await new Promise(resolve => setTimeout(resolve))
  }
  const panel = (sender: { id?: string; url?: string } = PANEL, name = 'playhead-panel') => {
    const port = new FakePort(name, sender)
    world.onConnect(port)
    return port
  }
  beforeEach(() => {
    bridges.length = 0
    for (const list of [world.injected, world.injections, world.opened]) list.length = 0
    world.frames = [{ frameId: 0 }, { frameId: 3 }]
    world.connect = () => {
      const port = new FakePort('playhead')
      bridges.push(port)
      return port
    }
  })

  it('pairs a panel with each frame of its tab', async () => {
    const port = panel()
    port.say({ r: 'scan', tab: 5 })
    await settle()
    expect(port.sent).toEqual([
      { r: 'frame', f: 1 },
      { r: 'frame', f: 2 },
      { r: 'scanned', denied: false, message: '' },
    ])
    bridges[1]!.say({ k: 'frames' })
    expect(port.sent.at(-1)).toEqual({ r: 'data', f: 2, m: { k: 'frames' } })
    port.say({ r: 'data', f: 1, m: { k: 'close', c: 9 } })
    expect(bridges[0]!.sent).toEqual([{ k: 'close', c: 9 }])
    port.go()
    expect(bridges.every(bridge => bridge.closed)).toBe(true)
    bridges[1]!.say({ k: 'frames' })
  })

  it.each([
    ['a content script of ours', { id: 'us', url: 'https://shop.example/' }],
    ['a page that only begins alike', { id: 'us', url: 'moz-extension://abcd/' }],
    ['another extension', { id: 'them', url: PANEL.url }],
    ['nobody', { id: 'us' }],
  ])('does not serve %s', async (_who, sender) => {
    const port = panel(sender)
    port.say({ r: 'scan', tab: 5 })
    expect(world.injected).toEqual([])
    expect(world.onMessage({ ask: 'private', tab: 7 }, sender)).toBeUndefined()
    expect(world.onMessage({ ask: 'grant', origin: 'https://shop.example' }, sender)).toBeUndefined()
    expect(world.opened).toEqual([])
  })

  it('keeps a panel to one tab, and one scan at a time', async () => {
    const port = panel()
    port.say({ r: 'scan', tab: 5 })
    port.say({ r: 'scan', tab: 6 })
    for (let i = 0; i < 1000; i++) port.say({ r: 'scan', tab: 5 })
    await settle()
    await settle()
    await settle()
    expect(world.injected).toEqual([5, 5])
    expect(bridges.length).toBe(2)
  })

  it.each([
    null,
    7,
    'scan',
    [],
    { r: 'scan' },
    { r: 'scan', tab: '5' },
    { r: 'scan', tab: -1 },
    { r: 'scan', tab: 1.5 },
    { r: 'scan', tab: Number.NaN },
    { r: 'data', f: {}, m: 1 },
    { r: 'data', f: 99, m: 1 },
    { r: 'drop', f: 99 },
    { r: '__proto__', f: 1 },
  ])('drops %j', message => {
    const port = panel()
    expect(() => port.say(message)).not.toThrow()
    expect(world.injected).toEqual([])
  })

  it('answers its two questions and opens nothing but its own page', async () => {
    expect(await world.onMessage({ ask: 'private', tab: 7 }, PANEL)).toBe(true)
    expect(await world.onMessage({ ask: 'private', tab: 8 }, PANEL)).toBe(false)
    expect(world.onMessage({ ask: 'private', tab: '7' }, PANEL)).toBeUndefined()
    for (const origin of ['javascript:alert(1)', 'file:///etc', 'http://*', 'https://*.com', 'chrome://x', '', 'null'])
      expect(world.onMessage({ ask: 'grant', origin }, PANEL)).toBeUndefined()
    await world.onMessage({ ask: 'grant', origin: 'https://shop.example/path?x=1' }, PANEL)
    expect(world.opened).toEqual([`${ROOT}src/panel/grant.html?origin=https%3A%2F%2Fshop.example`])
  })
})
