import { expect, it } from 'vitest'
import { createRecorder } from '../index'

const recorder = createRecorder({ enabled: true, name: 'values' })
const taken = (payload: unknown): never => {
  recorder.record('event', payload)
  return recorder.history.getEvents({ limit: 1 })[0]?.payload as never
}

it.each<[string, unknown, unknown]>([
  ['URL', new URL('https://shop.test/a?b=1&token=abc'), 'https://shop.test/a?b=1&token=redacted'],
  ['URLSearchParams', new URLSearchParams('a=1&a=2&password=x'), { a: ['1', '2'], password: '[redacted]' }],
  [
    'Headers',
    new Headers({ Accept: 'text/html', Authorization: 'Bearer abc' }),
    { accept: 'text/html', authorization: '[redacted]' },
  ],
  ['Blob', new Blob(['abc'], { type: 'text/plain' }), { size: 3, type: 'text/plain' }],
  ['AbortSignal', AbortSignal.abort('left'), { aborted: true, reason: 'left' }],
  ['boxed number', Object(5), 5],
  ['boxed text', Object('text'), 'text'],
  ['boxed bigint', Object(5n), 5n],
  ['Intl', new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }), { locale: 'de', currency: 'EUR' }],
])('%s is read by what it calls itself', (_, value, expected) => {
  const { value: shown } = taken({ value }) as { value: unknown }
  if (typeof expected === 'object') expect(shown).toMatchObject(expected as object)
  else expect(shown).toBe(expected)
})

it('File, Response, FormData and DOM events are read', () => {
  const form = new FormData()
  form.append('file', new File(['abc'], 'cv.pdf', { type: 'application/pdf' }))
  form.append('pin', '1')
  expect(taken({ form })).toMatchObject({ form: { file: { name: 'cv.pdf', size: 3, type: 'application/pdf' } } })
  expect(taken(new Response('x', { status: 404 }))).toMatchObject({ status: 404, ok: false })
  expect(taken({ event: new MessageEvent('message', { data: { a: 1 } }) })).toMatchObject({
    event: { type: 'message', data: { a: 1 } },
  })
})

it('an error always says its name and message', () => {
  const abort = taken(new DOMException('The user left.', 'AbortError')) as Error
  expect([abort.name, abort.message]).toEqual(['AbortError', 'The user left.'])
  const { error } = taken({ error: new RangeError('outer', { cause: new Error('inner') }) }) as { error: Error }
  expect([error.name, error.message, (error.cause as Error).message]).toEqual(['RangeError', 'outer', 'inner'])
  expect(error.stack).toContain('outer')
})

it('nobody is taken for what only has the name', () => {
  class File {
    readonly name = 'mine'
    get size(): never {
      throw new Error('was called')
    }
    readonly [Symbol.toStringTag] = 'File'
  }
  class Own {
    readonly entries = 1
  }
  Object.defineProperty(Own, 'name', { value: 'Map' })
  expect(taken({ file: new File(), map: new Own(), made: Object.create(Date.prototype) })).toMatchObject({
    file: { name: 'mine' },
    map: { entries: 1 },
  })
})

it('the app says what its own values are recorded as', () => {
  class Money {
    constructor(readonly cents: number) {}
  }
  const forget = recorder.transform<Money>(
    value => value instanceof Money,
    money => ({ euros: money.cents / 100, again: money }),
  )
  expect(taken({ total: new Money(150) })).toEqual({ total: { euros: 1.5, again: { cents: 150 } } })
  forget()
  expect(taken({ total: new Money(150) })).toEqual({ total: { cents: 150 } })
  recorder.transform(
    () => {
      throw new Error('of the app')
    },
    value => value,
  )
  expect(() => taken({ total: 1 })).not.toThrow()
})
