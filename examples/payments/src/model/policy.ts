import type { DropReason, HoldReason } from './events'
import { agentOf, liquidity } from './query'
import type { Agent, Cents, State, Tx } from './types'

export type Decision =
  | { do: 'submit' }
  | { do: 'hold'; reason: HoldReason }
  | { do: 'drop'; reason: DropReason }
  | { do: 'split'; amounts: Cents[] }

/** A payment is urgent if its deadline is at most so many ticks away. */
const CLOSE = 3
/** A splitter does not split payments of fewer cents. */
const SPLIT_ABOVE: Cents = 60_000_00
const MOST_PARTS = 4

/** Returns what the payer's policy does with a payment that it holds. Depends on the state only: no randomness, no clock. */
export function decide(state: State, tx: Tx): Decision {
  const agent = agentOf(state, tx.agentId)
  if (tx.origin !== 'arrival') return { do: 'submit' }
  if (state.tick > tx.deadline) return { do: 'drop', reason: 'deadline' }
  if (agent.policy === 'cautious') return cautious(state, agent, tx)
  if (agent.policy === 'splitter') return splitter(agent, tx)
  return { do: 'submit' }
}

export function isUrgent(state: State, tx: Tx): boolean {
  return tx.priority === 'urgent' || tx.deadline - state.tick <= CLOSE
}

function cautious(state: State, agent: Agent, tx: Tx): Decision {
  const available = liquidity(agent)
  if (isUrgent(state, tx)) {
    return available + agent.eligible >= tx.amount ? { do: 'submit' } : { do: 'hold', reason: 'no liquidity' }
  }
  return available - tx.amount >= agent.creditLimit ? { do: 'submit' } : { do: 'hold', reason: 'reserve' }
}

function splitter(agent: Agent, tx: Tx): Decision {
  const available = Math.max(1, liquidity(agent))
  if (tx.amount < SPLIT_ABOVE || tx.amount <= available) return { do: 'submit' }
  const parts = Math.min(MOST_PARTS, 1 + Math.ceil(tx.amount / available))
  return { do: 'split', amounts: split(tx.amount, parts) }
}

/** Divides an amount into equal parts, the first of which takes the remainder. */
export function split(amount: Cents, parts: number): Cents[] {
  const part = Math.floor(amount / parts)
  return Array.from({ length: parts }, (_, i) => (i === 0 ? amount - part * (parts - 1) : part))
}
