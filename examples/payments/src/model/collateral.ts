import type { CollateralLayer, CollateralMove, CollateralReason } from './events'
import { isUrgent } from './policy'
import { agentOf, isLastTickOfDay, liquidity, now, openTx } from './query'
import type { Agent, Cents, State, Tx } from './types'

/** Ticks that the head of a queue waits before its payer posts collateral for it. */
const PATIENCE = 8

/** Returns the posting of collateral for one urgent payment; undefined where it is not urgent, needs none, or cannot be paid even so. */
export function postForPayment(state: State, tx: Tx): CollateralMove | undefined {
  const agent = agentOf(state, tx.agentId)
  const shortfall = tx.amount - liquidity(agent)
  if (shortfall <= 0 || shortfall > agent.eligible || !isUrgent(state, tx)) return undefined
  return move(state, agent, shortfall, 'urgent payment', 'payment')
}

/** Returns the posting of collateral for the head of an agent's queue that has waited long enough; undefined where it needs none. */
export function postForQueue(state: State, agent: Agent): CollateralMove | undefined {
  const head = openTx(state, agent.queue[0] ?? '')
  if (!head || state.tick - head.since < PATIENCE) return undefined
  const shortfall = head.amount - liquidity(agent)
  if (shortfall <= 0 || shortfall > agent.eligible) return undefined
  return move(state, agent, shortfall, 'queue pressure', 'strategic')
}

/** Returns how much collateral an agent buys back: with idle cash during the day, with all its cash at the end. Undefined where nothing. */
export function withdrawal(state: State, agent: Agent): CollateralMove | undefined {
  const last = isLastTickOfDay(state)
  if (agent.collateral === 0 || (!last && agent.queue.length > 0)) return undefined
  const kept = last ? 0 : agent.creditLimit
  const amount = Math.min(agent.collateral, agent.balance - kept)
  if (amount <= 0) return undefined
  return last
    ? move(state, agent, -amount, 'end of day', 'end of day')
    : move(state, agent, -amount, 'idle liquidity', 'end of tick')
}

function move(
  state: State,
  agent: Agent,
  change: Cents,
  reason: CollateralReason,
  layer: CollateralLayer,
): CollateralMove {
  return {
    ...now(state),
    agentId: agent.id,
    amount: Math.abs(change),
    reason,
    layer,
    balanceBefore: agent.balance,
    balanceAfter: agent.balance + change,
    collateralBefore: agent.collateral,
    collateralAfter: agent.collateral + change,
  }
}
