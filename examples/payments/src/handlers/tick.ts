/** One tick: payments arrive, queues are worked off, what is stuck is netted, costs accrue, the day may end. */
import { charge, endDay, moveCollateral, settle, startTick } from '../model/apply'
import { drawArrivals } from '../model/arrivals'
import { postForQueue, withdrawal } from '../model/collateral'
import { penaltyFor, tickCosts } from '../model/costs'
import type { Events } from '../model/events'
import { findBilateral, findCycle } from '../model/lsm'
import { agentOf, agentsOf, isLastTickOfDay, now, totals } from '../model/query'
import type { AgentId, State, Tx, TxId } from '../model/types'
import { type Context, paymentOf } from './context'
import { applyPolicy, settleQueue } from './payments'

export function handleTicks(context: Context): void {
  const { bus, store } = context

  bus.on('Tick', () => {
    const { rng, arrivals } = drawArrivals(store.get())
    store.update(state => startTick(state, rng))
    for (const id of agentsOf(store.get()).flatMap(agent => agent.held)) applyPolicy(context, id, false)
    for (const arrival of arrivals) bus.emit('Arrival', arrival)
    workOffQueues(context)
    netQueues(context)
    buyBackCollateral(context)
    for (const { id } of agentsOf(store.get())) emitCosts(context, state => tickCosts(state, agentOf(state, id)))
    if (isLastTickOfDay(store.get())) bus.emit('EndOfDay', closingReport(store.get()))
  })

  bus.on('CollateralPost', move => store.update(state => moveCollateral(state, move, 1)))
  bus.on('CollateralWithdraw', move => store.update(state => moveCollateral(state, move, -1)))
  bus.on('LsmBilateralOffset', payment => store.update(state => settle(state, payment, 'offset')))
  bus.on('LsmCycleSettlement', payment => store.update(state => settle(state, payment, 'cycled')))
  bus.on('CostAccrual', costs => store.update(state => charge(state, costs)))

  bus.on('EndOfDay', () => {
    const closing = store.get()
    store.update(endDay)
    for (const agent of agentsOf(closing)) {
      const penalty = penaltyFor(closing, agent, [...agent.held, ...agent.queue])
      if (penalty) bus.emit('CostAccrual', penalty)
    }
  })
}

function workOffQueues(context: Context): void {
  const { bus, store } = context
  for (const { id } of agentsOf(store.get())) {
    const state = store.get()
    const posting = postForQueue(state, agentOf(state, id))
    if (posting) bus.emit('CollateralPost', posting)
    settleQueue(context, id, 0)
  }
}

/** Nets pairs until there are none, then circles. Each set settled takes payments out of the queues, so this ends. */
function netQueues({ bus, store }: Context): void {
  const settleSets = (
    find: (state: State) => Tx[],
    letter: string,
    emit: (payment: Events['LsmCycleSettlement']) => void,
  ) => {
    const { tick } = store.get()
    for (let n = 1; ; n++) {
      const payments = find(store.get())
      if (payments.length === 0) return
      payments.forEach((tx, i) => {
        const cycle = { cycleId: `${letter}-${tick}-${n}`, index: i + 1, of: payments.length }
        emit({ ...paymentOf(store.get(), tx), ...cycle })
      })
    }
  }
  settleSets(findBilateral, 'B', payment => bus.emit('LsmBilateralOffset', payment))
  settleSets(findCycle, 'C', payment => bus.emit('LsmCycleSettlement', payment))
}

function buyBackCollateral({ bus, store }: Context): void {
  for (const { id } of agentsOf(store.get())) {
    const state = store.get()
    const move = withdrawal(state, agentOf(state, id))
    if (move) bus.emit('CollateralWithdraw', move)
  }
}

function emitCosts({ bus, store }: Context, of: (state: State) => Events['CostAccrual'] | undefined): void {
  const costs = of(store.get())
  if (costs) bus.emit('CostAccrual', costs)
}

function closingReport(state: State): Events['EndOfDay'] {
  const queues: Record<AgentId, TxId[]> = {}
  const held: Record<AgentId, TxId[]> = {}
  for (const agent of agentsOf(state)) {
    queues[agent.id] = [...agent.queue]
    held[agent.id] = [...agent.held]
  }
  const { settledToday, waitingValue } = totals(state)
  return { ...now(state), queues, held, settledValue: settledToday, unsettledValue: waitingValue }
}
