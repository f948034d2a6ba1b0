import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../model/event'
import { MAX_N } from '../model/id'
import { producerId } from '../testing/batches'
import { WireError } from './error'
import type { FromPage, ToPage } from './messages'
import { parseFromPage } from './parse'
import { parseReplay } from './parse-replay'
import { parseToPage } from './parse-to-page'

const SEED = 20260801
const uint = fc.integer({ min: 0, max: 0xffffffff })
const n = fc.integer({ min: 0, max: MAX_N })
const name = fc.string({ maxLength: 20 })
const clock = fc.double({ min: -4e15, max: 4e15, noNaN: true })
const level = fc.constantFrom(...LEVELS)
const buffer = fc.uint8Array({ maxLength: 8 }).map(bytes => bytes.slice().buffer)

const fromPage: fc.Arbitrary<FromPage> = fc.oneof(
  fc.record({
    t: fc.constant('hello' as const),
    wire: fc.constant(1),
    producer: producerId,
    name,
    app: name,
    sdk: name,
    url: name,
    origin: name,
    title: name,
    context: fc.constantFrom('top' as const, 'frame' as const, 'worker' as const, 'node' as const),
    timeOrigin: clock,
    now: clock,
    wall: clock,
    level,
    facets: fc.array(fc.record({ name }), { maxLength: 3 }),
    attachments: fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 1, max: 255 }), name, source: name, replay: fc.boolean() }),
      {
        selector: attachment => attachment.id,
      },
    ),
    states: fc.array(name, { maxLength: 3 }),
    emitted: n,
    oldest: n,
    previous: fc.option(fc.record({ producer: producerId, emitted: fc.constant(MAX_N), sent: n })),
    probe: fc.constant(new ArrayBuffer(8)),
  }),
  fc.record({ t: fc.constant('batch' as const), data: buffer }),
  fc.record({
    t: fc.constant('describe' as const),
    types: fc.array(fc.record({ type: name, category: name, description: name }), { maxLength: 3 }),
  }),
  fc.record({
    t: fc.constant('artifact' as const),
    id: fc.integer({ min: 1, max: 0xffffffff }),
    ref: fc.constantFrom('', 'a1'.repeat(32)),
    name,
    type: name,
    time: clock,
    afterN: n,
    data: buffer,
  }),
  fc.record({ t: fc.constant('pong' as const), id: uint, now: clock, wall: clock, accepted: n }),
  fc.record({
    t: fc.constant('replay' as const),
    op: fc.constantFrom('started' as const, 'want' as const, 'done' as const, 'failed' as const),
    run: uint,
    applied: uint,
    skipped: uint,
    reason: name,
  }),
)

const t = fc.constant('replay' as const)
const speed = fc.double({ min: 0, max: 100, noNaN: true })
const u16 = fc.integer({ min: 0, max: 0xffff })
const toPage: fc.Arbitrary<ToPage> = fc.oneof(
  fc.record({
    t: fc.constant('welcome' as const),
    wire: uint,
    session: name,
    accepted: n,
    persisted: n,
    recording: fc.boolean(),
    level: fc.option(level),
  }),
  fc.record({ t: fc.constant('ack' as const), accepted: n, persisted: n }),
  fc.record({ t: fc.constantFrom('ping' as const, 'kept' as const), id: uint }),
  fc.record({ t: fc.constant('configure' as const), recording: fc.boolean(), level: fc.option(level) }),
  fc.record({ t: fc.constantFrom('keyframe' as const, 'closed' as const) }),
  fc.record({
    t,
    op: fc.constant('start' as const),
    run: uint,
    take: u16,
    away: u16,
    total: uint,
    speed,
    paused: fc.boolean(),
    mode: fc.constantFrom('roots' as const, 'all' as const, 'isolated' as const),
    origin: name,
    states: fc.array(fc.record({ state: name, json: fc.json() }), { maxLength: 3 }),
  }),
  fc.record({
    t,
    op: fc.constant('steps' as const),
    run: uint,
    index: uint,
    steps: fc.array(
      fc.record({
        n: fc.integer({ min: 1, max: MAX_N }),
        at: fc.double({ min: 0, max: 1e9, noNaN: true }),
        type: name,
        source: name,
        via: fc.integer({ min: 0, max: 255 }),
        payload: fc.json(),
      }),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    t,
    op: fc.constantFrom('pause' as const, 'resume' as const, 'step' as const, 'stop' as const, 'live' as const),
    run: uint,
  }),
  fc.record({ t, op: fc.constant('speed' as const), run: uint, speed }),
)

type Parse = (message: unknown) => unknown

function refused(parse: Parse, message: unknown): boolean {
  try {
    parse(message)
    return false
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return true
  }
}

describe.each([
  ['from the page', parseFromPage as Parse, fromPage as fc.Arbitrary<FromPage | ToPage>],
  ['to the page', (message => parseToPage(message, parseReplay)) as Parse, toPage as fc.Arbitrary<FromPage | ToPage>],
])('a message %s', (_, parse, messages) => {
  it('is copied with its known members only', () => {
    fc.assert(
      fc.property(messages, message => {
        expect(parse({ ...message, extra: 'x', __proto__: null })).toEqual(message)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('is refused without any of its members, or with something else in its place', () => {
    const wrong = fc.constantFrom<unknown>(
      undefined,
      Number.NaN,
      -1,
      1.5,
      {},
      [[]],
      [7],
      Symbol('x'),
      2 ** 40,
      () => 0,
      'x'.repeat(9000),
    )
    fc.assert(
      fc.property(messages, fc.nat(), wrong, (message, at, value) => {
        const keys = Object.keys(message)
        const key = keys[at % keys.length]!
        const { [key]: _removed, ...rest } = message as unknown as Record<string, unknown>
        expect(refused(parse, rest)).toBe(true)
        // Some of these are right in some places (−1 ms of clock); whatever happens, it is not a crash.
        refused(parse, { ...message, [key]: value })
      }),
      { seed: SEED, numRuns: 1000 },
    )
  })

  it('is refused when it is something else', () => {
    for (const message of [
      undefined,
      null,
      5,
      'hello',
      [],
      {},
      { t: 'nothing' },
      { t: 'toString' },
      { t: 'replay', run: 1, op: 'x' },
    ]) {
      expect(refused(parse, message)).toBe(true)
    }
  })
})

describe('parseFromPage', () => {
  const [hello] = fc.sample(
    fromPage.filter(message => message.t === 'hello'),
    { seed: SEED, numRuns: 1 },
  )

  it.each<[string, object]>([
    ['wire', { wire: 2 }],
    ['producer', { producer: 'me' }],
    ['url', { url: 'x'.repeat(8193) }],
    [
      'attachments',
      { attachments: Array.from({ length: 256 }, (_, id) => ({ id, name: '', source: '', replay: true })) },
    ],
    ['attachments', { attachments: [1, 1].map(id => ({ id, name: '', source: '', replay: true })) }],
    ['facets', { facets: Array.from({ length: 33 }, () => ({ name: 'x' })) }],
    ['facets', { facets: [{ name: 'x'.repeat(257) }] }],
    ['probe', { probe: {} }],
    ['probe', { probe: new ArrayBuffer(7) }],
    ['probe', { probe: { [Symbol.toStringTag]: 'ArrayBuffer', byteLength: 8 } }],
    ['previous', { previous: { producer: '01ARZ3NDEKTSV4RRFFQ69G5FAV', emitted: 3, sent: 4 } }],
    ['timeOrigin', { timeOrigin: Number.POSITIVE_INFINITY }],
    ['wall', { wall: 1e300 }],
    ['now', { now: -1e300 }],
  ])('names %s when it is wrong', (member, change) => {
    expect(() => parseFromPage({ ...hello, ...change })).toThrow(new RegExp(`^${member}.*: `))
  })
})

describe('an artifact', () => {
  const artifact = { t: 'artifact', id: 1, ref: '', name: 'x', type: '', time: 0, afterN: 0, data: new ArrayBuffer(1) }

  it.each<[string, object]>([
    ['ref', { ref: 'A1'.repeat(32) }],
    ['ref', { ref: 'a1'.repeat(33) }],
    ['ref', { ref: ['a1'.repeat(32)] }],
    ['ref', { ref: '__proto__' }],
    ['id', { id: 0 }],
    ['name', { name: 'x'.repeat(257) }],
    ['type', { type: 'x'.repeat(129) }],
    ['time', { time: Number.NaN }],
    ['afterN', { afterN: -1 }],
    ['data', { data: new Uint8Array(1) }],
    ['data', { data: { byteLength: 1 } }],
    ['data', { data: new ArrayBuffer((16 << 20) + 1) }],
  ])('is refused for its %s', (member, change) => {
    expect(() => parseFromPage({ ...artifact, ...change })).toThrow(new RegExp(`^${member}.*: `))
  })

  it('may be as large as it may be', () => {
    const data = new ArrayBuffer(16 << 20)
    expect(parseFromPage({ ...artifact, data })).toEqual({ ...artifact, data })
  })
})
