import type { Keyframe } from '@playhead/shared/model/session'
import { expect, it } from 'vitest'
import { FakeLog } from '../testing/fake-log'
import { testProducer } from '../testing/make-batch'
import { compareStates } from './outcome'

const TAKE = 3
const P = testProducer(0)

function logWith(...keyframes: (Partial<Keyframe> & { value: unknown })[]): FakeLog {
  const log = new FakeLog()
  for (const { value, ...rest } of keyframes) {
    const json = JSON.stringify(value)
    log.keyframes.push({ producer: P, afterN: 10, take: 0, time: 0, state: 'grid', why: 'request', json, ...rest })
  }
  return log
}
const ended = (value: unknown, rest: Partial<Keyframe> = {}) => ({ value, take: TAKE, why: 'end' as const, ...rest })
const outcome = (recorded: FakeLog, live: FakeLog) => compareStates(recorded, P, 10, live, TAKE)

it('is equal where the states are, whatever the order of their keys', () => {
  const recorded = logWith({ value: { a: 1, b: [1, 2] } })
  expect(outcome(recorded, logWith(ended({ b: [1, 2], a: 1 })))).toEqual({ equal: true, differences: [] })
})

it('says where they differ', () => {
  const recorded = logWith({ value: { b1: { balance: 5 }, b2: { balance: 1 }, old: 1 } })
  const live = logWith(ended({ b1: { balance: 6 }, b2: { balance: 1 }, new: true }))
  expect(outcome(recorded, live)).toEqual({
    equal: false,
    differences: [
      { state: 'grid', path: 'b1.balance', recorded: '5', replayed: '6' },
      { state: 'grid', path: 'old', recorded: '1', replayed: '(absent)' },
      { state: 'grid', path: 'new', recorded: '(absent)', replayed: 'true' },
    ],
  })
})

it('compares with the first state recorded after the last event, of that producer and of the recording', () => {
  const recorded = logWith(
    { value: 'before', afterN: 9 },
    { value: 'of another', producer: testProducer(1) },
    { value: 'of a take', take: 1 },
    { value: 'right', afterN: 12 },
    { value: 'later', afterN: 13 },
  )
  expect(outcome(recorded, logWith(ended('right')))).toEqual({ equal: true, differences: [] })
})

it('compares with no state that later events of the recording, or missing ones, led to', () => {
  const recorded = logWith({ value: 'later', afterN: 12 })
  const live = logWith(ended('earlier'))
  // A replay, and another page: the state is still that of the recording's last event.
  recorded.append([
    { producer: 0, n: 11, time: 1, take: 1 },
    { producer: 1, n: 12, time: 1 },
  ])
  expect(outcome(recorded, live)?.equal).toBe(false)
  const lost = { producer: P, fromN: 12, toN: 12, count: 1, reason: 'lost' as const, from: 0, to: 0 }
  recorded.setGaps([lost])
  expect(outcome(recorded, live)).toBeNull()
  recorded.setGaps([])
  recorded.append([{ producer: 0, n: 12, time: 2 }])
  expect(outcome(recorded, live)).toBeNull()
})

it('is not known without a recorded state, or a replayed one', () => {
  expect(outcome(logWith({ value: 1, afterN: 9 }), logWith(ended(1)))).toBeNull()
  expect(outcome(logWith({ value: 1 }), logWith())).toBeNull()
  expect(outcome(logWith({ value: 1 }), logWith(ended(1, { take: 4 }), { value: 1, take: TAKE }))).toBeNull()
  expect(outcome(logWith({ value: 1 }), logWith(ended(1, { state: 'cart' })))).toBeNull()
})

it('shows a bounded number of bounded differences', () => {
  const many = (value: string) => Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, value + i]))
  const found = outcome(logWith({ value: many('a') }), logWith(ended(many('x'.repeat(5000)))))
  expect(found?.equal).toBe(false)
  expect(found?.differences).toHaveLength(50)
  for (const { replayed } of found?.differences ?? []) expect(replayed.length).toBeLessThanOrEqual(200)
})
