import { afterEach, describe, expect, it, vi } from 'vitest'
import { reduxAdapter, reduxMiddlewareAdapter } from '../adapters/redux'
import type { RecorderOptions } from '../api/options'
import type { RecorderWithHistory } from '../api/recorder'
import { createRecorder } from '../index'
import { FakeEngine, settle } from '../testing/fake-engine'

vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))

const SECRET = 'hunter2-do-not-tell'

/** Keeps the bytes as they came. */
class Wire extends FakeEngine {
  readonly bytes: string[] = []
  override take(data: ArrayBuffer): void {
    this.bytes.push(new TextDecoder('latin1').decode(data))
    super.take(data)
  }
  /** Everything that reached the other side. */
  get everything(): string {
    return this.bytes.join('\n') + JSON.stringify(this.hello) + JSON.stringify(this.replies)
  }
}

describe('what leaves the page', () => {
  let recorder: RecorderWithHistory | undefined
  afterEach(() => recorder?.dispose())

  const start = (options: RecorderOptions = {}) => {
    recorder = createRecorder({ enabled: true, name: 'test', ...options })
    const wire = new Wire()
    wire.connect(recorder)
    return { recorder, wire }
  }
  const sent = async (wire: Wire) => {
    await settle()
    recorder?.dispose()
    await settle()
    expect(wire.bytes.length).toBeGreaterThan(0)
    return wire.everything
  }

  class Account {
    password = SECRET
    owner = 'Ada'
  }
  const error = Object.assign(new Error('refused', { cause: { token: SECRET } }), { headers: { Cookie: SECRET } })

  it.each([
    ['at the top', { password: SECRET }],
    ['in any case', { PASSWORD: SECRET, 'Set-Cookie': SECRET, 'X-Api-Key': SECRET, clientSecret: SECRET }],
    ['deep', { a: [{ b: { c: [[{ authorization: `Bearer ${SECRET}` }]] } }] }],
    [
      'as something larger',
      { card: { number: SECRET, cvv: SECRET }, secrets: [SECRET], token: new Map([[1, SECRET]]) },
    ],
    [
      'in a Map',
      new Map<unknown, unknown>([
        ['accessToken', SECRET],
        ['x', { ssn: SECRET }],
      ]),
    ],
    ['in a Set', new Set([{ jwt: SECRET }])],
    ['in an instance', new Account()],
    ['without a prototype', Object.assign(Object.create(null), { pwd: SECRET })],
    ['in an error', error],
    ['in an odd key', JSON.parse(`{"__proto__":{"password":"${SECRET}"},"":{"token":"${SECRET}"}}`)],
    ['under a name longer than any', { [`${'x'.repeat(600)}`]: { password: SECRET } }],
    ['behind a long list', { list: new Array(4000).fill('y'), passphrase: SECRET }],
    ['as bytes', { secret: new TextEncoder().encode(SECRET) }],
  ])('does not hold a secret that is %s', async (_where, value) => {
    const { recorder, wire } = start({ facets: ['password', 'card', 'a', 'token'] })
    recorder.state('account', { get: () => value, set() {} })
    recorder.record('login', value)
    recorder.record('wrapped', { value, text: 'shown' })
    recorder.mark('phase', 'phase', value)
    recorder.middleware()({ type: 'by middleware', payload: value }, () => {})
    const kept = JSON.stringify(recorder.history.getEvents())
    const text = await sent(wire)
    expect(text).not.toContain(SECRET)
    expect(kept).not.toContain(SECRET)
    expect(text).not.toContain(String(new TextEncoder().encode(SECRET)))
    expect(text).toContain('{"$ph":"redacted","v":')
    expect(text).toContain('shown')
    expect([wire.events.size, wire.keyframes.length, wire.marks.length]).toEqual([3, 1, 1])
  })

  it('does not hold what an action of Redux hides', async () => {
    const { recorder, wire } = start()
    const store = { dispatch: (action: unknown) => action }
    recorder.attach(reduxAdapter(store))
    const inner = reduxMiddlewareAdapter()
    recorder.attach(inner)
    const dispatch = inner.middleware({ dispatch: action => action })(action => action)
    const actions = [
      { type: 'login', token: SECRET },
      { type: 'login', payload: { user: 'ada', password: SECRET } },
      { type: 'login', payload: { user: 'ada' }, meta: { headers: { authorization: SECRET } } },
      { type: 'login', payload: error, error: true },
    ]
    for (const action of actions) {
      expect(store.dispatch(action)).toBe(action)
      expect(dispatch(action)).toBe(action)
    }
    const text = await sent(wire)
    expect(text).not.toContain(SECRET)
    expect(wire.events.size).toBe(8)
    expect(JSON.stringify(actions)).toContain(SECRET)
  })

  it('flags what was hidden, and is whole where the app says so', async () => {
    const { recorder, wire } = start({ redact: { defaults: false, keys: ['salary', /^x-/i] } })
    recorder.record('pay', { salary: SECRET, 'X-Thing': SECRET, password: 'fine' })
    const text = await sent(wire)
    expect(text).not.toContain(SECRET)
    expect(text).toContain('"password":"fine"')
  })

  it('hides everything of a rule that throws', async () => {
    const source = { test: () => false, source: '(', flags: '' }
    const { recorder } = start({ redact: { keys: [source as unknown as RegExp] } })
    // Such a rule cannot be made: better no recording than one without its rule.
    expect(recorder.enabled).toBe(false)
  })
})
