import { CAUSE_KINDS, Flag } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import type { Keyframe } from '@playhead/shared/model/session'
import { describe, expect, it } from 'vitest'
import type { ReplayRequest } from '../contract/replay'
import type { FakeEvent } from '../testing/fake-chunk'
import { FakeLog } from '../testing/fake-log'
import { testProducer } from '../testing/make-batch'
import { Random } from '../testing/random'
import { type PreparedPlan, planReplay } from './plan'

const SYNC = CAUSE_KINDS.indexOf('synchronous')
const EXPLICIT = CAUSE_KINDS.indexOf('explicit')
const BUS = 1
const LISTENER = 2
const CUT = '{"$ph":"cut","type":"object","size":3}'

const request = (rest: Partial<ReplayRequest> = {}): ReplayRequest => {
  return { session: 'S', fromSeq: null, toSeq: null, mode: 'roots', edits: [], consequences: [], ...rest }
}
const plan = (log: FakeLog, rest: Partial<ReplayRequest> = {}) => planReplay(log, request(rest), 7)
const keyframe = (afterN: number, rest: Partial<Keyframe> = {}): Keyframe => {
  return {
    producer: testProducer(0),
    afterN,
    take: 0,
    time: 0,
    state: 'grid',
    json: `[${afterN}]`,
    why: 'start',
    ...rest,
  }
}
const input = (n: number, rest: Partial<FakeEvent> = {}): FakeEvent => {
  return { producer: 0, n, time: n * 10, type: 'click', via: BUS, flags: Flag.input, payload: `{"n":${n}}`, ...rest }
}
const effect = (n: number, causeN: number, rest: Partial<FakeEvent> = {}): FakeEvent => {
  return {
    producer: 0,
    n,
    time: n * 10,
    type: 'saved',
    via: BUS,
    causeN,
    causeKind: SYNC,
    payload: `{"n":${n}}`,
    ...rest,
  }
}

/** A log whose producers have a bus that can be replayed to, and one that is only listened to. */
function logOf(events: FakeEvent[], keyframes: Keyframe[] = [], chunkRows = 4): FakeLog {
  const log = new FakeLog({ chunkRows, cold: true })
  for (const producer of log.session.producers) {
    producer.attachments = [
      { id: BUS, name: 'bus', source: 'core', replay: true },
      { id: LISTENER, name: 'window', source: 'dom', replay: false },
    ]
  }
  log.keyframes.push(...keyframes)
  log.append(events)
  return log
}

const numbers = ({ steps }: PreparedPlan) => steps.map(step => step.n)

describe('a plan', () => {
  it('emits roots again and expects what followed from them', async () => {
    const log = logOf([input(1), effect(2, 1), effect(3, 2), input(4, { time: 50 }), effect(5, 4)], [keyframe(0)])
    const prepared = await plan(log)
    expect(prepared.plan).toEqual({
      ...{ plan: 7, steps: 2, expectations: 5, duration: 40, keyframes: ['grid'], origin: 'http://localhost' },
      ...{ cannot: [], unknownRoots: [], warnings: [] },
    })
    expect(prepared.steps).toEqual([
      { n: 1, at: 0, type: 'click', source: 'core', via: BUS, payload: '{"n":1}' },
      { n: 4, at: 40, type: 'click', source: 'core', via: BUS, payload: '{"n":4}' },
    ])
    expect(prepared).toMatchObject({
      stepSeqs: [0, 3],
      expected: [0, 1, 2, 3, 4],
      firstSeq: 0,
      lastSeq: 4,
      producer: 0,
    })
    expect(prepared.optional.size).toBe(0)
  })

  it('counts what it cannot do, by reason, and does not expect what follows from it', async () => {
    const log = logOf([
      input(1, { type: 'scroll', via: LISTENER }),
      effect(2, 1),
      effect(3, 2),
      input(4, { type: 'note', via: 0 }),
      input(5, { type: 'upload', payload: CUT }),
      effect(6, 5),
      input(7, { type: 'scroll', via: LISTENER }),
      input(8),
    ])
    const prepared = await plan(log)
    expect(prepared.plan.cannot).toEqual([
      { reason: 'observe-only', count: 2, types: ['scroll'] },
      { reason: 'no attachment', count: 1, types: ['note'] },
      { reason: 'not whole', count: 1, types: ['upload'] },
    ])
    expect(numbers(prepared)).toEqual([5, 8])
    expect(prepared.expected).toEqual([4, 5, 7])
    expect([...prepared.optional]).toEqual([4, 5])
    expect(prepared.plan.expectations).toBe(3)
  })

  it('names roots whose cause nobody knows, and lets the user call them consequences', async () => {
    const timer = (n: number) => input(n, { type: 'timer', flags: 0 })
    const log = logOf([input(1), timer(2), effect(3, 2), timer(4)])
    expect((await plan(log)).plan.unknownRoots).toEqual([{ name: 'timer', count: 2 }])
    expect(numbers(await plan(log))).toEqual([1, 2, 4])
    const changed = await plan(log, { consequences: ['timer'] })
    expect(numbers(changed)).toEqual([1])
    expect(changed.expected).toEqual([0, 1, 2, 3])
    expect(changed.plan.unknownRoots).toEqual([{ name: 'timer', count: 2 }])
  })

  it.each(['all', 'isolated'] as const)('emits everything again in mode %s and expects nothing', async mode => {
    const log = logOf([input(1), effect(2, 1), effect(3, 1, { via: LISTENER }), input(4, { take: 1 })])
    const prepared = await plan(log, { mode })
    expect(numbers(prepared)).toEqual([1, 2])
    expect(prepared.expected).toEqual([])
    expect(prepared.plan.cannot).toEqual([{ reason: 'observe-only', count: 1, types: ['saved'] }])
  })

  it('takes one producer and the recording only', async () => {
    const log = logOf([input(1), input(1, { producer: 1 }), input(2, { take: 3 }), input(3)], [keyframe(0)])
    expect(numbers(await plan(log))).toEqual([1, 3])
    expect((await plan(log, { fromSeq: 1 })).producer).toBe(1)
  })

  it('begins with the first keyframe of each state, and what came after it', async () => {
    const log = logOf(
      [input(1), input(2), input(3)],
      [keyframe(1), keyframe(1, { state: 'cart' }), keyframe(2), keyframe(0, { take: 1 })],
    )
    const prepared = await plan(log)
    expect(prepared.keyframes.map(({ state, afterN }) => `${state} ${afterN}`)).toEqual(['grid 1', 'cart 1'])
    expect(numbers(prepared)).toEqual([2, 3])
  })

  it('begins at the nearest known state before a selected event, and says so', async () => {
    const events = [input(1), input(2), input(3), input(4), input(5)]
    const log = logOf(events, [keyframe(0), keyframe(2), keyframe(4)])
    const prepared = await plan(log, { fromSeq: 3 })
    expect(prepared.keyframes).toEqual([keyframe(2)])
    expect(numbers(prepared)).toEqual([3, 4, 5])
    expect(prepared.plan.warnings).toEqual([expect.stringContaining('before event 3')])
    expect((await plan(log, { fromSeq: 4 })).plan.warnings).toEqual([])
  })

  it('runs everything again after a state that only some of its parts are known from', async () => {
    const events = [input(1), input(2), input(3), input(4), input(5)]
    const late = keyframe(3, { state: 'cart' })
    const log = logOf(events, [keyframe(0), late])
    for (const fromSeq of [null, 4]) {
      const prepared = await plan(log, { fromSeq })
      expect(prepared.keyframes).toEqual([keyframe(0), late])
      expect(numbers(prepared)).toEqual([1, 2, 3, 4, 5])
      expect(prepared.plan.warnings).toContainEqual(expect.stringContaining('cart (event 3)'))
    }
    // Before it was there, and after all of the state was asked for.
    expect((await plan(log, { fromSeq: 2 })).keyframes).toEqual([keyframe(0)])
    const asked = [keyframe(4, { why: 'request' }), keyframe(4, { why: 'request', state: 'cart' })]
    log.keyframes.push(...asked)
    const prepared = await plan(log, { fromSeq: 4 })
    expect(prepared.keyframes).toEqual(asked)
    expect(numbers(prepared)).toEqual([5])
    expect(prepared.plan.warnings).toEqual([])
  })

  it('begins with the selected event where no state is known', async () => {
    const log = logOf([input(1), effect(2, 1), input(3), input(4)])
    const prepared = await plan(log, { fromSeq: 1, toSeq: 2 })
    expect(numbers(prepared)).toEqual([3])
    expect(prepared.expected).toEqual([1, 2])
    expect(prepared.plan.warnings).toEqual([expect.stringContaining('No state is registered')])
  })

  it('puts edited payloads in place of the recorded ones', async () => {
    const log = logOf([input(1, { payload: CUT }), input(2)])
    const prepared = await plan(log, { edits: [{ seq: 0, payload: '{"amount":5}' }] })
    expect(prepared.steps.map(step => step.payload)).toEqual(['{"amount":5}', '{"n":2}'])
    expect(prepared.plan.cannot).toEqual([])
  })

  it('warns of events that are missing in its range', async () => {
    const log = logOf([input(1), input(2), input(9)])
    const gap = { producer: testProducer(0), fromN: 3, toN: 8, reason: 'lost' as const, count: 6, from: 0, to: 0 }
    log.setGaps([gap])
    expect((await plan(log)).plan.warnings).toContainEqual(expect.stringContaining('missing'))
    expect((await plan(log, { toSeq: 1 })).plan.warnings).not.toContainEqual(expect.stringContaining('missing'))
    log.setGaps([{ ...gap, producer: testProducer(1) }])
    expect((await plan(log)).plan.warnings).not.toContainEqual(expect.stringContaining('missing'))
  })

  it('says why there is nothing to plan', async () => {
    await expect(plan(logOf([]))).rejects.toThrow('The session is empty.')
    await expect(plan(logOf([input(1)]), { fromSeq: 5 })).rejects.toThrow('Event #5 is not in the log.')
    await expect(plan(logOf([input(1)], [keyframe(1)]))).rejects.toThrow('nothing to replay')
  })

  it('does not hold text that is lost to be a payload', async () => {
    const log = logOf([input(1), input(2), input(3), input(4), input(5)])
    log.loseText(log.chunks[0]!)
    const prepared = await plan(log)
    expect(prepared.plan.cannot).toEqual([{ reason: 'not whole', count: 4, types: ['click'] }])
    expect(prepared.steps.at(-1)?.payload).toBe('{"n":5}')
  })
})

describe('any plan', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is that of a plain search up the causes (seed %i)', async seed => {
    const random = new Random(seed)
    const events: FakeEvent[] = []
    const next = [1, 1, 1]
    for (let i = 0; i < 300; i++) {
      const producer = random.whole(0, 2)
      const n = next[producer]!++
      const payload = random.chance(0.1) ? CUT : `{"n":${n}}`
      const own = { producer, n, time: i, type: random.pick(['a', 'b', 'timer']), via: random.whole(0, 2), payload }
      const take = random.chance(0.1) ? 1 : 0
      if (n > 1 && random.chance(0.6)) events.push({ ...own, take, causeN: random.whole(1, n - 1), causeKind: SYNC })
      else if (random.chance(0.2)) {
        const id = eventId(testProducer((producer + 1) % 3), 1)
        events.push({ ...own, take, causeKind: EXPLICIT, moreCauses: [{ id, kind: EXPLICIT }] })
      } else events.push({ ...own, take, flags: random.chance(0.5) ? Flag.input : 0 })
    }
    const log = logOf(events, [], 64)
    const fromSeq = random.chance(0.5) ? random.whole(0, 150) : null
    const consequences = random.chance(0.5) ? ['timer'] : []
    const prepared = await plan(log, { fromSeq, consequences })

    const producer = (fromSeq === null ? events.find(event => !event.take) : events[fromSeq])!.producer
    const range = events.flatMap((event, seq) =>
      event.producer === producer && !event.take && seq >= (fromSeq ?? 0) ? [{ ...event, seq }] : [],
    )
    const byN = new Map(range.map(event => [event.n, event]))
    type Ranged = (typeof range)[number]
    const isRoot = (event: Ranged) => {
      if (event.flags === Flag.input) return true
      return !event.causeKind && !consequences.includes(event.type!)
    }
    /** The event itself, and all that led to it inside the range. */
    const chain = (event: Ranged): Ranged[] => {
      const cause = event.causeKind && event.causeN ? byN.get(event.causeN) : undefined
      return isRoot(event) || !cause ? [event] : [event, ...chain(cause)]
    }
    const impossible = (event: Ranged) => isRoot(event) && event.via !== BUS
    const uncertain = (event: Ranged) => isRoot(event) && event.payload === CUT
    const expected = range.filter(event => !chain(event).some(impossible))
    expect(prepared.expected).toEqual(expected.map(event => event.seq))
    expect([...prepared.optional]).toEqual(expected.filter(event => chain(event).some(uncertain)).map(it => it.seq))
    const steps = range.filter(event => isRoot(event) && event.via === BUS)
    expect(prepared.stepSeqs).toEqual(steps.map(event => event.seq))
    expect(prepared.steps.map(step => step.payload)).toEqual(steps.map(event => event.payload))
    const counts = Object.fromEntries(prepared.plan.cannot.map(({ reason, count }) => [reason, count]))
    const roots = range.filter(isRoot)
    const count = (of: (event: Ranged) => boolean) => roots.filter(of).length || undefined
    expect(counts['observe-only']).toBe(count(event => event.via === LISTENER))
    expect(counts['no attachment']).toBe(count(event => event.via === 0))
    expect(counts['not whole']).toBe(count(event => event.via === BUS && event.payload === CUT))
  })
})

describe('a session whose beginning was evicted', () => {
  const evicted = (toN: number) => ({
    ...{ producer: testProducer(0), fromN: 1, toN, reason: 'evicted' as const, count: toN },
    ...{ from: 0, to: 0 },
  })
  const rest = [input(6), effect(7, 6), input(8)]

  it('is replayed from the first state that the kept events follow', async () => {
    const log = logOf(rest, [keyframe(0), keyframe(5), keyframe(7)])
    log.setGaps([evicted(5)])
    const { plan: found, keyframes, steps } = await plan(log)
    expect(keyframes.map(({ afterN }) => afterN)).toEqual([5])
    expect(steps.map(({ n }) => n)).toEqual([6, 8])
    expect(found.warnings).toEqual([])
  })

  it('is that of the page which has events left', async () => {
    const later = keyframe(0, { producer: testProducer(1) })
    const log = logOf([input(1, { producer: 1 }), input(2, { producer: 1 })], [keyframe(0), keyframe(5), later])
    log.setGaps([evicted(5)])
    const prepared = await plan(log)
    expect(prepared.keyframes).toEqual([later])
    expect(numbers(prepared)).toEqual([1, 2])
  })

  it('says that something is missing where no such state is known', async () => {
    const log = logOf(rest, [keyframe(0)])
    log.setGaps([evicted(5)])
    const { plan: found, steps } = await plan(log)
    expect(steps.map(({ n }) => n)).toEqual([6, 8])
    expect(found.warnings.join()).toMatch(/missing/)
  })
})
