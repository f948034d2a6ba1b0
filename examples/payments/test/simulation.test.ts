import { describe, expect, test } from 'vitest'
import { type EventName, INPUTS } from '../src/model/events'
import { agentOf, creditUsed, liquidity, moneySupply, recentFirst, totals } from '../src/model/query'
import { RECENT, type State } from '../src/model/types'
import { busyDays, quiet, replay, scenario } from './scenario'

const CONSEQUENCES: EventName[] = [
  'Arrival',
  'PolicySubmit',
  'PolicyHold',
  'PolicyDrop',
  'PolicySplit',
  'CollateralPost',
  'CollateralWithdraw',
  'Settlement',
  'QueuedRtgs',
  'LsmBilateralOffset',
  'LsmCycleSettlement',
  'CostAccrual',
  'EndOfDay',
]

describe('determinism', () => {
  test('the same seed and inputs give the same events and state', () => {
    const a = busyDays(4)
    const b = busyDays(4)
    expect(b.state()).toEqual(a.state())
    expect(b.log).toEqual(a.log)
  })
  test('another seed gives another day', () => {
    expect(busyDays(1, { seed: 1 }).state().agents).not.toEqual(busyDays(1, { seed: 2 }).state().agents)
  })
  test('the inputs alone, replayed from the first state, give the same events and state', () => {
    const recorded = busyDays(4)
    const replayed = replay(structuredClone(recorded.inputs()))
    expect(replayed.state()).toEqual(recorded.state())
    expect(replayed.log).toEqual(recorded.log)
  })
  test('the inputs since a keyframe, replayed from it, give the same state', () => {
    const first = busyDays(2)
    const keyframe: State = JSON.parse(JSON.stringify(first.state()))
    const recorded = scenario(first.state())
    recorded.ticks(50)
    recorded.submit('BANK_A', 'BANK_H', 12_345_00)
    recorded.ticks(90)
    expect(replay(recorded.inputs(), keyframe).state()).toEqual(recorded.state())
  })
  test('the order of keys in a restored state does not matter', () => {
    const run = scenario()
    run.ticks(40)
    const { open } = run.state()
    expect(Object.keys(open).length).toBeGreaterThan(5)
    const other = scenario({ ...run.state(), open: Object.fromEntries(Object.entries(open).reverse()) })
    run.ticks(60)
    other.ticks(60)
    expect(other.state()).toEqual(run.state())
  })
  test('no consequence emitted a second time pays a second time', () => {
    const run = busyDays(1)
    const last = run.of('Settlement').at(-1)!
    const before = run.state()
    run.bus.emit('Settlement', last)
    expect(run.state()).toBe(before)
  })
})

describe('the default mix', () => {
  const run = scenario()
  run.ticks(60)
  test.each(CONSEQUENCES)('%s happens on the first day', type => {
    expect(run.of(type).length).toBeGreaterThan(0)
  })
  test('every payload says when, and is plain JSON', () => {
    for (const { type, payload } of run.log) {
      expect(JSON.parse(JSON.stringify(payload)), type).toStrictEqual(payload)
      expect(payload.tick, type).toBeGreaterThan(0)
      expect(payload.day, type).toBe(1)
    }
    expect(JSON.parse(JSON.stringify(run.state()))).toStrictEqual(run.state())
  })
  test('everything but the inputs has a cause: it is emitted while an input is handled', () => {
    const stack: string[] = []
    const fresh = scenario()
    const { emit } = fresh.bus
    const roots: string[] = []
    fresh.bus.emit = ((type: EventName, payload: never) => {
      if (stack.length === 0) roots.push(type)
      stack.push(type)
      emit(type, payload)
      stack.pop()
    }) as typeof emit
    fresh.ticks(60)
    fresh.submit('BANK_A', 'BANK_B', 100)
    expect(roots.every(type => (INPUTS as readonly string[]).includes(type))).toBe(true)
  })
  test('arrivals depend on seed and tick alone', () => {
    const disturbed = scenario()
    disturbed.submit('BANK_H', 'BANK_A', 9_000_000_00)
    disturbed.submit('BANK_A', 'BANK_C', 12_000_000)
    disturbed.ticks(60)
    const drawn = disturbed.of('Arrival').filter(arrival => arrival.origin === 'arrival')
    expect(drawn).toEqual(run.of('Arrival'))
  })
})

describe('money', () => {
  test('only moves: balances less collateral always add up to the same', () => {
    const run = scenario()
    const supply = moneySupply(run.state())
    run.bus.on('*', () => expect(moneySupply(run.state())).toBe(supply))
    run.ticks(300)
    expect(run.of('CollateralPost').length).toBeGreaterThan(0)
  })
  test('nobody is ever beyond the credit limit after a tick, and everything is whole cents', () => {
    const run = scenario()
    for (let i = 0; i < 600; i++) {
      run.ticks(1)
      for (const agent of Object.values(run.state().agents)) {
        expect(liquidity(agent)).toBeGreaterThanOrEqual(0)
        expect(agent.collateral).toBeGreaterThanOrEqual(0)
        expect(agent.eligible).toBeGreaterThanOrEqual(0)
        expect([agent.balance, agent.collateral, ...Object.values(agent.costs)].every(Number.isSafeInteger)).toBe(true)
      }
    }
  })
  test('collateral events say before and after', () => {
    const run = busyDays(2)
    for (const move of [...run.of('CollateralPost'), ...run.of('CollateralWithdraw')]) {
      const change = move.collateralAfter - move.collateralBefore
      expect(Math.abs(change)).toBe(move.amount)
      expect(move.balanceAfter - move.balanceBefore).toBe(change)
    }
  })
  test('what is sent is received', () => {
    const agents = Object.values(busyDays(2).state().agents)
    const sum = (pick: (agent: (typeof agents)[number]) => number) => agents.reduce((n, agent) => n + pick(agent), 0)
    expect(sum(agent => agent.sent.value)).toBe(sum(agent => agent.received.value))
    expect(sum(agent => agent.sent.count)).toBe(sum(agent => agent.received.count))
  })
})

describe('lists', () => {
  test('every open payment is in exactly one list, every list holds open payments', () => {
    const run = scenario()
    for (let i = 0; i < 120; i++) {
      run.ticks(1)
      const listed = Object.values(run.state().agents).flatMap(agent => [...agent.held, ...agent.queue])
      expect(listed.toSorted()).toEqual(Object.keys(run.state().open).toSorted())
    }
  })
  test('the end of day reports the queues in order and empties them', () => {
    const run = scenario()
    run.ticks(60)
    const queues: Record<string, string[]> = {}
    for (const id of Object.keys(run.state().agents)) queues[id] = []
    for (const { type, payload } of run.log) {
      if (type === 'QueuedRtgs') queues[payload.agentId]!.push(payload.txId)
      if (
        ['Settlement', 'LsmBilateralOffset', 'LsmCycleSettlement', 'PolicyDrop'].includes(type) &&
        'txId' in payload
      ) {
        for (const id in queues) queues[id] = queues[id]!.filter(txId => txId !== payload.txId)
      }
    }
    expect(run.of('EndOfDay')[0]).toMatchObject({ tick: 60, day: 1, queues })
    expect(Object.values(queues).flat().length).toBeGreaterThan(0)
    expect(run.state().open).toEqual({})
    run.ticks(1)
    expect(run.state()).toMatchObject({ tick: 61, day: 2 })
  })
  test('the state stays small however long it runs', () => {
    const run = busyDays(10)
    expect(run.state().recent).toHaveLength(RECENT)
    expect(recentFirst(run.state())).toHaveLength(RECENT)
    expect(recentFirst(run.state()).every((tx, i, all) => i === 0 || tx.since <= all[i - 1]!.since)).toBe(true)
    expect(JSON.stringify(run.state()).length).toBeLessThan(60_000)
  })
})

describe('the user', () => {
  test('a payment that can be paid settles at once: Submit → Arrival → PolicySubmit → Settlement', () => {
    const run = quiet()
    const before = run.state()
    run.submit('BANK_A', 'BANK_B', 50_000_00)
    const after = run.state()
    expect(run.log.map(event => event.type)).toEqual(['Settlement', 'PolicySubmit', 'Arrival', 'Submit'])
    expect(agentOf(after, 'BANK_A').balance).toBe(agentOf(before, 'BANK_A').balance - 50_000_00)
    expect(agentOf(after, 'BANK_B').balance).toBe(agentOf(before, 'BANK_B').balance + 50_000_00)
    expect(after.agents.BANK_C).toBe(before.agents.BANK_C)
    expect(totals(run.state())).toMatchObject({ settledCount: 1, settledValue: 50_000_00 })
  })
  test('one that cannot be paid waits until money comes in, which is then its cause', () => {
    const run = quiet()
    run.submit('BANK_H', 'BANK_A', 60_000_00)
    expect(agentOf(run.state(), 'BANK_H').queue).toEqual(['U-1'])
    run.submit('BANK_A', 'BANK_H', 40_000_00)
    expect(run.of('Settlement').map(e => [e.txId, e.cascade])).toEqual([
      ['U-1', 1],
      ['U-2', 0],
    ])
    expect(run.state().open).toEqual({})
  })
  test('drops a queued payment', () => {
    const run = quiet()
    run.submit('BANK_H', 'BANK_A', 60_000_00)
    run.drop('U-1')
    expect(run.of('PolicyDrop')).toMatchObject([{ txId: 'U-1', agentId: 'BANK_H', reason: 'user' }])
    expect(run.state().open).toEqual({})
    expect(recentFirst(run.state())[0]).toMatchObject({ id: 'U-1', status: 'dropped' })
  })
  test('urgent shortfalls are covered by collateral, which comes back when the money does', () => {
    const run = quiet()
    run.submit('BANK_H', 'BANK_A', 60_000_00)
    run.ticks(12)
    expect(run.of('CollateralPost')).toMatchObject([
      { agentId: 'BANK_H', amount: 10_000_00, reason: 'queue pressure', layer: 'strategic', collateralBefore: 0 },
    ])
    run.submit('BANK_B', 'BANK_H', 80_000_00)
    run.ticks(1)
    expect(run.of('CollateralWithdraw')).toMatchObject([{ agentId: 'BANK_H', amount: 10_000_00, collateralAfter: 0 }])
    expect(creditUsed(agentOf(run.state(), 'BANK_H'))).toBe(0)
  })
  test.each([
    ['BANK_A', 'BANK_A', 100],
    ['BANK_A', 'BANK_Z', 100],
    ['__proto__', 'BANK_A', 100],
    ['BANK_A', 'BANK_B', 0],
    ['BANK_A', 'BANK_B', -5],
    ['BANK_A', 'BANK_B', 1.5],
    ['BANK_A', 'BANK_B', Number.NaN],
  ])('nonsense changes nothing: %s pays %s %d', (from, to, amount) => {
    const run = quiet()
    const before = run.state()
    run.submit(from, to, amount)
    run.drop('constructor')
    run.bus.emit('SetSpeed', { tick: 0, day: 1, speed: 7 as never })
    expect(run.state()).toBe(before)
  })
  test('speed is state; Resume knows the last one', () => {
    const run = quiet()
    run.bus.emit('SetSpeed', { tick: 0, day: 1, speed: 20 })
    run.bus.emit('SetSpeed', { tick: 0, day: 1, speed: 0 })
    expect(run.state().clock).toEqual({ speed: 0, resume: 20 })
  })
})

test('another amount in one Submit changes the two accounts and the payment, nothing else', () => {
  const original = quiet()
  original.submit('BANK_B', 'BANK_D', 10_000_00)
  original.submit('BANK_A', 'BANK_C', 20_000_00)
  original.ticks(70)
  original.submit('BANK_C', 'BANK_E', 5_000_00)
  const changed = replay(
    original
      .inputs()
      .map((input, i) =>
        i === 1 && input.type === 'Submit' ? { ...input, payload: { ...input.payload, amount: 21_000_00 } } : input,
      ),
    { arrivals: 0 },
  )
  const { agents: a, recent: recentA, ...restA } = original.state()
  const { agents: b, recent: recentB, ...restB } = changed.state()
  const differing = Object.keys(a).filter(id => JSON.stringify(a[id]) !== JSON.stringify(b[id]))
  expect(differing).toEqual(['BANK_A', 'BANK_C'])
  expect(agentOf(changed.state(), 'BANK_A').balance - agentOf(original.state(), 'BANK_A').balance).toBe(-1_000_00)
  expect(agentOf(changed.state(), 'BANK_C').balance - agentOf(original.state(), 'BANK_C').balance).toBe(1_000_00)
  expect(recentB.filter((tx, i) => tx.amount !== recentA[i]!.amount).map(tx => tx.id)).toEqual(['U-2'])
  expect(restB).toEqual(restA)
})
