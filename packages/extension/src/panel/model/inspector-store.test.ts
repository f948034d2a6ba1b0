import { afterEach, describe, expect, it, vi } from 'vitest'
import { createInspectorStore, factsAreOpen } from './inspector-store'

describe('the facts above the payload', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('are open where there is room once they are drawn, though the window had no size when the panel started', () => {
    vi.stubGlobal('innerHeight', 0)
    const store = createInspectorStore()
    vi.stubGlobal('innerHeight', 886)
    expect(factsAreOpen(store)).toBe(true)
    vi.stubGlobal('innerHeight', 400)
    expect(factsAreOpen(store)).toBe(false)
  })

  it('stay as the user left them', () => {
    const store = createInspectorStore()
    for (const open of [true, false]) {
      store.facts.value = open
      for (const height of [400, 886]) {
        vi.stubGlobal('innerHeight', height)
        expect(factsAreOpen(store)).toBe(open)
      }
    }
  })
})
