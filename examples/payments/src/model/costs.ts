import type { Events } from './events'
import { creditUsed, now, transactions } from './query'
import type { Agent, Cents, Costs, State, TxId } from './types'

/** Costs of a tick in parts per million of the amount. */
const RATES = { delay: 12, urgentDelay: 60, liquidity: 8, collateral: 5 } as const
/** Cost in parts per million of what is unsettled at the end of the day. */
const PENALTY = 400

/** Returns what a tick costs an agent; undefined where it costs nothing. */
export function tickCosts(state: State, agent: Agent): Events['CostAccrual'] | undefined {
  const delay = transactions(state, [...agent.held, ...agent.queue]).reduce(
    (sum, tx) => sum + share(tx.amount, tx.priority === 'urgent' ? RATES.urgentDelay : RATES.delay),
    0,
  )
  return accrual(state, agent, {
    delay,
    liquidity: share(creditUsed(agent), RATES.liquidity),
    collateral: share(agent.collateral, RATES.collateral),
    penalty: 0,
  })
}

/** Returns the penalty at the end of the day for payments that an agent did not settle; undefined where it is nothing. */
export function penaltyFor(state: State, agent: Agent, unsettled: readonly TxId[]): Events['CostAccrual'] | undefined {
  const penalty = transactions(state, unsettled).reduce((sum, tx) => sum + share(tx.amount, PENALTY), 0)
  return accrual(state, agent, { delay: 0, liquidity: 0, collateral: 0, penalty })
}

function accrual(state: State, agent: Agent, costs: Costs): Events['CostAccrual'] | undefined {
  const total = costs.delay + costs.liquidity + costs.collateral + costs.penalty
  return total === 0 ? undefined : { ...now(state), agentId: agent.id, costs, total }
}

function share(amount: Cents, partsPerMillion: number): Cents {
  return Math.round((amount * partsPerMillion) / 1_000_000)
}
