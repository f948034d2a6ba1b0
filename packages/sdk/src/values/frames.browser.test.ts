import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRecorder } from '../index'

type Frame = Window & typeof globalThis
const recorder = createRecorder({ enabled: true, name: 'frames' })
const taken = (payload: unknown): never => {
  recorder.record('event', payload)
  return recorder.history.getEvents({ limit: 1 })[0]?.payload as never
}
const frame = document.createElement('iframe')
let other: Frame
beforeAll(async () => {
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve, { once: true }))
  frame.srcdoc = '<p id="inside" class="a b">text'
  document.body.append(frame)
  await loaded
  other = frame.contentWindow as Frame
})
afterAll(() => {
  recorder.dispose()
  frame.remove()
})

it.each<[string, (of: Frame) => unknown, unknown]>([
  ['a date', of => new of.Date(0), new Date(0)],
  ['a regular expression', of => new of.RegExp('a', 'g'), /a/g],
  ['a Map', of => new of.Map([['a', new of.Set([1])]]), new Map([['a', new Set([1])]])],
  ['bytes', of => new of.Uint8Array([1, 2]), new Uint8Array([1, 2])],
  [
    'a file',
    of => new of.File(['abc'], 'cv.pdf', { type: 'application/pdf' }),
    { name: 'cv.pdf', size: 3, type: 'application/pdf' },
  ],
  ['an address', of => new of.URL('https://shop.test/a'), 'https://shop.test/a'],
  ['headers', of => new of.Headers({ a: '1' }), { a: '1' }],
  [
    'a form',
    of => {
      const form = new of.FormData()
      form.append('a', '1')
      return form
    },
    { a: '1' },
  ],
  ['a response', of => new of.Response('x', { status: 404 }), { status: 404, ok: false }],
  [
    'a request',
    of => new of.Request('https://shop.test/a', { method: 'POST' }),
    { method: 'POST', url: 'https://shop.test/a' },
  ],
  ['a pointer event', of => new of.PointerEvent('pointerdown', { clientX: 5 }), { type: 'pointerdown', clientX: 5 }],
  ['a custom event', of => new of.CustomEvent('ping', { detail: { a: 1 } }), { type: 'ping', detail: { a: 1 } }],
  ['a rectangle', of => new of.DOMRect(1, 2, 3, 4), { x: 1, y: 2, width: 3, height: 4 }],
  ['a picture', of => new of.ImageData(2, 3), { width: 2, height: 3 }],
  ['a point', of => new of.DOMPoint(1, 2), { x: 1, y: 2 }],
  ['a stream', of => new of.ReadableStream(), { locked: false }],
  ['a signal', of => of.AbortSignal.abort('left'), { aborted: true, reason: 'left' }],
  ['a boxed number', of => new of.Object(5), 5],
])('%s is the same, whichever frame made it', (_, make, expected) => {
  for (const of of [window as Frame, other]) {
    const { value } = taken({ value: make(of) }) as { value: unknown }
    if (typeof expected === 'object' && Object.getPrototypeOf(expected) === Object.prototype)
      expect(value).toMatchObject(expected as object)
    else expect(value).toStrictEqual(expected)
  }
})

it('errors of every frame say their name, message, stack and cause', () => {
  for (const of of [window as Frame, other]) {
    const { range, abort } = taken({
      range: new of.RangeError('outer', { cause: new of.Error('inner') }),
      abort: new of.DOMException('The user left.', 'AbortError'),
    }) as { range: Error; abort: Error }
    expect([range.name, range.message, (range.cause as Error).message]).toEqual(['RangeError', 'outer', 'inner'])
    expect(range.stack).toContain('outer')
    expect([abort.name, abort.message]).toEqual(['AbortError', 'The user left.'])
  }
})

it('a node says where it is, and what a key types is not written', () => {
  const inside = other.document.getElementById('inside')
  recorder.record('node', {
    inside,
    key: new KeyboardEvent('keydown', { key: 'x', code: 'KeyX' }),
    enter: new KeyboardEvent('keydown', { key: 'Enter' }),
  })
  const [event] = recorder.history.getEvents({ limit: 1 })
  const { key, enter } = (event?.payload ?? {}) as { key: object; enter: object }
  expect(key).not.toHaveProperty('key')
  expect(JSON.stringify(key)).not.toContain('KeyX')
  expect(enter).toMatchObject({ key: 'Enter' })
})
