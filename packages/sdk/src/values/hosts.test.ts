import { expect, it } from 'vitest'
import { createRecorder } from '../index'

function recorded(payload: unknown, options = {}) {
  const recorder = createRecorder({ enabled: true, name: 'hosts', ...options })
  const write = (value: unknown) => {
    const { bytes } = recorder.history.statistics()
    recorder.record('event', value)
    const [event] = recorder.history.getEvents({ limit: 1 })
    return { payload: event?.payload as never, flags: event?.flags, bytes: recorder.history.statistics().bytes - bytes }
  }
  return { ...write(payload), again: write }
}

class Scene {
  id = 'main'
  readonly children: Sprite[] = []
  readonly registry = new Map<string, unknown>([['scene', this]])
}
class Sprite {
  name: string
  x = 1
  readonly scene: Scene
  constructor(name: string, scene: Scene) {
    this.name = name
    this.scene = scene
    scene.children.push(this)
  }
}
class Money {
  constructor(
    readonly amount: number,
    readonly parts: { cents: number },
  ) {}
}
const scene = new Scene()
const sprites = Array.from({ length: 300 }, (_, i) => new Sprite(`s${i}`, scene))

it('a class instance that leads back to what holds it is written with its own scalars', () => {
  const event = { type: 'hit', target: sprites[7], scene, damage: 5, at: { x: 1, y: 2 } }
  const { payload, flags, again } = recorded(event)
  expect(payload).toMatchObject({
    type: 'hit',
    damage: 5,
    at: { x: 1, y: 2 },
    target: { name: 's7', x: 1 },
    scene: { id: 'main' },
  })
  expect((payload as { scene: object }).scene).not.toHaveProperty('children')
  expect(flags).toEqual(expect.arrayContaining(['truncated', 'opaque']))
  const second = again(event)
  expect(second.payload).toEqual(payload)
  expect(second.bytes).toBeLessThan(2048)
})

it('a list of hosts stays within the budget, and what stands beside it survives', () => {
  const { payload, bytes } = recorded({ before: 1, sprites, map: new Map([['all', sprites]]), after: 'kept' })
  expect(payload).toMatchObject({ before: 1, after: 'kept' })
  expect((payload as { sprites: unknown[] }).sprites[0]).toMatchObject({ name: 's0' })
  expect(bytes).toBeLessThan(2300)
})

it('an instance that leads nowhere is data and stays whole', () => {
  const order = { total: new Money(5, { cents: 500 }), lines: [new Money(1, { cents: 100 })] }
  expect(recorded(order).payload).toEqual({
    total: { amount: 5, parts: { cents: 500 } },
    lines: [{ amount: 1, parts: { cents: 100 } }],
  })
})

it('a plain object that is somebody’s interface, and an instance with many fields, are hosts', () => {
  const api = {
    version: '3',
    ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`do${i}`, () => i])),
    deep: { a: 1 },
  }
  class Wide {
    readonly id = 7
  }
  const wide = Object.assign(new Wide(), Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, { i }])))
  const { payload, again } = recorded({ api, wide, value: 3 })
  expect(payload).toMatchObject({ api: { version: '3' }, wide: { id: 7 }, value: 3 })
  expect(payload).not.toHaveProperty('api.deep')
  expect(again({ api, wide, value: 4 }).bytes).toBeLessThan(600)
})

it('hosts are written like any other object where the limit is 0, and keep more where it is larger', () => {
  const event = { target: sprites[1], scene }
  expect(recorded(event, { limits: { host: 0 } }).payload).toHaveProperty('scene.children')
  expect(recorded({ scene, text: 'x'.repeat(5000) }, { limits: { host: 20_000 } }).payload).toMatchObject({
    text: 'x'.repeat(5000),
  })
})

it('what is secret in a host is hidden', () => {
  class Session {
    readonly id = 1
    readonly password = 'hunter2'
    readonly self = this
  }
  const { payload } = recorded({ session: new Session() })
  expect(payload).toMatchObject({ session: { id: 1, password: '[redacted]' } })
})
