import { describe, expect, test } from 'vitest'
import { busyDays, scenario } from '../../test/scenario'
import type { NettedPayment } from './events'
import { initialState, newAgent } from './initial'
import { findBilateral, findCycle, isFeasible, netPositions } from './lsm'
import { liquidity } from './query'
import type { Agent, State, Tx } from './types'

/** A state drawn as `from>to amount` lines in queue order; every agent has no cash and the given credit. */
function stuck(credit: number, ...payments: string[]): State {
  const agents: Record<string, Agent> = {}
  const open: Record<string, Tx> = {}
  payments.forEach((line, i) => {
    const [agentId = '', to = '', amount = 0] = line.split(/[> ]/)
    for (const id of [agentId, to]) agents[id] ??= newAgent(id, 'eager', 0, credit, 0)
    const id = `${i}`
    open[id] = {
      id,
      agentId,
      to,
      amount: Number(amount),
      priority: 'normal',
      origin: 'arrival',
      arrived: 0,
      deadline: 99,
      status: 'queued',
      since: 0,
    }
    agents[agentId] = { ...agents[agentId]!, queue: [...agents[agentId]!.queue, id] }
  })
  return { ...initialState({ arrivals: 0 }), agents, open }
}
const drawn = (payments: Tx[]) => payments.map(tx => `${tx.agentId}>${tx.to} ${tx.amount}`)

describe('bilateral offset', () => {
  test('two queues that cancel out settle without liquidity', () => {
    expect(drawn(findBilateral(stuck(0, 'A>B 100', 'B>A 100')))).toEqual(['A>B 100', 'B>A 100'])
  })
  test('the difference must be within the credit limit', () => {
    expect(findBilateral(stuck(9, 'A>B 110', 'B>A 100'))).toEqual([])
    expect(drawn(findBilateral(stuck(10, 'A>B 110', 'B>A 100')))).toEqual(['A>B 110', 'B>A 100'])
  })
  test('leaves out the latest payments of who would pay the difference', () => {
    const state = stuck(0, 'A>B 60', 'A>B 40', 'A>B 30', 'B>A 100')
    expect(drawn(findBilateral(state))).toEqual(['A>B 60', 'A>B 40', 'B>A 100'])
  })
})

describe('cycle settlement', () => {
  test('finds a circle of three to five', () => {
    expect(drawn(findCycle(stuck(0, 'A>B 5', 'B>C 5', 'C>A 5')))).toEqual(['A>B 5', 'B>C 5', 'C>A 5'])
    expect(findCycle(stuck(0, 'A>B 5', 'B>C 5', 'C>D 5', 'D>E 5', 'E>A 5'))).toHaveLength(5)
    expect(findCycle(stuck(0, 'A>B 5', 'B>C 5', 'C>D 5', 'D>E 5', 'E>F 5', 'F>A 5'))).toEqual([])
  })
  test('is none where the net payer cannot pay', () => {
    expect(findCycle(stuck(0, 'A>B 6', 'B>C 5', 'C>A 5'))).toEqual([])
    expect(findCycle(stuck(1, 'A>B 6', 'B>C 5', 'C>A 5'))).toHaveLength(3)
  })
  test('a queue without a circle is none', () => {
    expect(findCycle(stuck(99, 'A>B 5', 'B>C 5', 'A>C 5'))).toEqual([])
  })
})

test('the bus settles a stuck circle in the next tick, under one cycleId, in the order of the circle', () => {
  const run = scenario(stuck(0, 'A>B 500', 'B>C 500', 'C>A 500'))
  run.ticks(1)
  expect(run.of('LsmCycleSettlement').map(e => [e.cycleId, e.agentId, e.to, e.index, e.of])).toEqual([
    ['C-1-1', 'A', 'B', 1, 3],
    ['C-1-1', 'B', 'C', 2, 3],
    ['C-1-1', 'C', 'A', 3, 3],
  ])
  expect(Object.values(run.state().agents).map(agent => agent.balance)).toEqual([0, 0, 0])
})

test.each(['LsmBilateralOffset', 'LsmCycleSettlement'] as const)(
  'over ten days every set of %s nets to the balances, and nobody ends beyond the credit limit',
  type => {
    const run = scenario()
    let before = run.state()
    let set: NettedPayment[] = []
    let sets = 0
    run.bus.on(type, payment => {
      set.push(payment)
      if (payment.index < payment.of) return
      const after = run.state()
      const net = netPositions(set as unknown as Tx[])
      expect(new Set(set.map(e => e.cycleId)).size).toBe(1)
      expect(set).toHaveLength(payment.of)
      for (const agent of Object.values(after.agents)) {
        const change = net.get(agent.id) ?? 0
        expect(agent.balance - before.agents[agent.id]!.balance).toBe(change)
        if (change < 0) expect(liquidity(agent)).toBeGreaterThanOrEqual(0)
      }
      set = []
      sets++
    })
    run.bus.on('*', () => {
      if (set.length === 0) before = run.state()
    })
    run.ticks(600)
    expect(sets).toBeGreaterThan(3)
  },
)

test('whatever is found is feasible', () => {
  const run = busyDays(3)
  let looked = 0
  run.bus.on('QueuedRtgs', () => {
    for (const found of [findBilateral(run.state()), findCycle(run.state())]) {
      expect(isFeasible(run.state(), found)).toBe(true)
      looked += found.length
    }
  })
  run.ticks(300)
  expect(looked).toBeGreaterThan(0)
})
