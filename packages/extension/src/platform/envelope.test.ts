import { describe, expect, it } from 'vitest'
import { parseFromBridge, parseToBridge } from './envelope'
import { parseFromRelay } from './relay-envelope'

const READY = { k: 'ready', url: 'http://localhost/', origin: 'http://localhost', title: 'T', top: true }
const ODD = [null, undefined, 0, '', 'ready', true, [], {}, { k: {} }, { k: '__proto__', c: 1 }, { k: 'nothing', c: 1 }]

describe('what a bridge says', () => {
  it.each([
    READY,
    { k: 'open', c: 1, recorder: 'A' },
    { k: 'data', c: 0, m: { any: 'thing' } },
    { k: 'data', c: 1, m: undefined },
    { k: 'closed', c: 3 },
    { k: 'frames' },
  ])('%j is understood, and nothing beside it', message => {
    expect(parseFromBridge(message)).toEqual(message)
    expect(parseFromBridge({ ...message, more: 1 })).toEqual(message)
  })

  it.each([
    ...ODD,
    ...[{ url: 1 }, { origin: null }, { title: {} }, { top: 'yes' }, { url: 'x'.repeat(8193) }].map(bad => ({
      ...READY,
      ...bad,
    })),
    ...[-1, 1.5, Number.NaN, 2 ** 53, '1', null, {}].map(c => ({ k: 'data', c, m: 1 })),
    { k: 'open', c: 1 },
    { k: 'open', c: 1, recorder: 'x'.repeat(65) },
    { k: 'closed' },
  ])('%j is not', message => expect(parseFromBridge(message)).toBeUndefined())
})

describe('what a panel says to a bridge', () => {
  it('is data or the end of one channel', () => {
    expect(parseToBridge({ k: 'data', c: 1, m: 2, more: 3 })).toEqual({ k: 'data', c: 1, m: 2 })
    expect(parseToBridge({ k: 'close', c: 1 })).toEqual({ k: 'close', c: 1 })
  })
  it.each([...ODD, { k: 'close' }, { k: 'data', c: '1' }, { k: 'data', c: -1 }])('%j is not', message =>
    expect(parseToBridge(message)).toBeUndefined(),
  )
})

describe('what the relay says', () => {
  it.each([
    { r: 'frame', f: 1 },
    { r: 'gone', f: 1 },
    { r: 'data', f: 2, m: 'x' },
    { r: 'scanned', denied: true, message: 'no' },
  ])('%j is understood', message => expect(parseFromRelay(message)).toEqual(message))

  it('bounds its text', () => {
    expect(parseFromRelay({ r: 'scanned', message: 'x'.repeat(5000) })).toEqual({
      r: 'scanned',
      denied: false,
      message: 'x'.repeat(1000),
    })
  })
  it.each([...ODD, { r: 'frame' }, { r: 'frame', f: Number.NaN }, { r: 'data', f: '1' }])('%j is not', message =>
    expect(parseFromRelay(message)).toBeUndefined(),
  )
})
