import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { injectBridge } from './browser'
import { directTransport } from './direct-transport'
import type { Reach, Transport } from './transport'

const navigated = new Set<() => void>()

vi.mock('./browser', () => ({
  browser: {
    tabs: {
      connect: () => ({
        onMessage: { addListener() {} },
        onDisconnect: { addListener() {} },
        postMessage() {},
        disconnect() {},
      }),
    },
    devtools: {
      network: {
        onNavigated: {
          addListener: (listener: () => void) => navigated.add(listener),
          removeListener: (listener: () => void) => navigated.delete(listener),
        },
      },
    },
    permissions: {},
  },
  injectBridge: vi.fn(),
}))

const DENIED = new Error('Cannot access contents of url "http://elsewhere.test/".')

describe('the way straight to a page', () => {
  const inject = vi.mocked(injectBridge)
  let reached: Reach['access'][]
  let transport: Transport

  beforeEach(() => {
    vi.useFakeTimers()
    reached = []
    inject.mockReset()
    transport = directTransport(1, async () => 'http://elsewhere.test/')
  })
  afterEach(() => {
    transport.dispose()
    vi.useRealTimers()
  })
  const start = () =>
    transport.start({ opened() {}, message() {}, closed() {}, reach: ({ access }) => reached.push(access) })

  it('is tried again where a navigation was told before the browser had made it', async () => {
    inject.mockRejectedValueOnce(DENIED).mockResolvedValue([{ frameId: 0, documentId: 'new' }])
    start()
    await vi.advanceTimersByTimeAsync(0)
    expect(reached).toEqual(['denied'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reached).toEqual(['denied', 'ok'])
  })

  it('is not tried for ever, until the page navigates', async () => {
    inject.mockRejectedValue(DENIED)
    start()
    await vi.advanceTimersByTimeAsync(3_600_000)
    const tries = inject.mock.calls.length
    expect(tries).toBeLessThan(6)
    for (const listener of navigated) listener()
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(inject.mock.calls.length).toBe(2 * tries)
  })

  it('is not tried any more once the panel is gone', async () => {
    inject.mockRejectedValue(DENIED)
    start()
    await vi.advanceTimersByTimeAsync(0)
    transport.dispose()
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(inject).toHaveBeenCalledTimes(1)
  })
})
