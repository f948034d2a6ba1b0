import { afterEach, describe, expect, it, vi } from 'vitest'
import { createInspectorStore, factsAreOpen } from './inspector-store'

describe('the facts above the payload', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('are open where there is room once they are drawn, though the window had no size when the panel started', () => {
    vi.stubGlobal('innerHeight', 0)
    const store = createInspectorStore(380)
    vi.stubGlobal('innerHeight', 886)
    expect(factsAreOpen(store)).toBe(true)
    vi.stubGlobal('innerHeight', 400)
    expect(factsAreOpen(store)).toBe(false)
  })

  it('leave room for the payload where the list stands above', () => {
    vi.stubGlobal('innerWidth', 554)
    const store = createInspectorStore(380)
    for (const [height, open] of [
      [886, false],
      [1300, true],
    ] as const) {
      vi.stubGlobal('innerHeight', height)
      expect(factsAreOpen(store)).toBe(open)
    }
  })

  it('stay as the user left them', () => {
    const store = createInspectorStore(380)
    for (const open of [true, false]) {
      store.facts.value = open
      for (const height of [400, 886]) {
        vi.stubGlobal('innerHeight', height)
        expect(factsAreOpen(store)).toBe(open)
      }
    }
  })
})
