import { describe, expect, it } from 'vitest'
import { weigh } from './weigh'

describe('the weight of a message', () => {
  it('grows with what is in it', () => {
    expect(weigh({ t: 'ping', id: 1 })).toBeLessThan(200)
    expect(weigh({ t: 'batch', data: new ArrayBuffer(5000) })).toBeGreaterThan(5000)
    expect(weigh({ t: 'hello', title: 'x'.repeat(5000) })).toBeGreaterThan(5000)
    for (const plain of [null, undefined, 1, Number.NaN, true, 'x', [], {}]) expect(weigh(plain)).toBeGreaterThan(0)
  })

  const cycle: unknown[] = []
  cycle.push(cycle)
  let deep: unknown = 0
  for (let i = 0; i < 100_000; i++) deep = [deep]
  it.each([
    ['100 MB that claim to be a batch', { t: 'batch', data: new ArrayBuffer(100 << 20) }],
    ['many buffers', Array.from({ length: 9 }, () => new ArrayBuffer(8 << 20))],
    ['a huge text', { t: 'hello', title: 'x'.repeat(2 << 20) }],
    ['huge names', { ['x'.repeat(2 << 20)]: 1 }],
    ['a long list', new Array(1_000_000).fill(0)],
    ['a list that is only long', new Array(4_000_000_000)],
    ['many keys', Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [i, i]))],
    ['a cycle', cycle],
    ['something deep', deep],
    ['a port', { t: 'batch', data: new MessageChannel().port1 }],
    ['a view', { t: 'batch', data: new Uint8Array(8) }],
    ['a Map', new Map([[1, 2]])],
    ['a Blob', { data: new Blob(['x']) }],
    ['shared memory', { t: 'batch', data: new SharedArrayBuffer(8) }],
    ['a class', new (class X {})()],
    ['a function', { f() {} }],
    ['a BigInt', { n: 1n }],
  ])('%s is not passed on', (_name, message) => expect(weigh(message)).toBe(-1))

  it('is not fooled by names', () => {
    expect(weigh(JSON.parse('{"__proto__":{"t":"hello"},"constructor":1,"t":"x"}'))).toBeGreaterThan(0)
  })
})
