/**
 * Says what each consequence does to the state: (state, payload) → state. A payload about a payment that is no longer open changes
 * nothing, so an event emitted twice pays once.
 */
import type { CollateralMove, Events, Payment } from './events'
import { agentOf, agentsOf, hasAgent, nextMoment, openTx, transactions } from './query'
import { type Agent, type AgentId, RECENT, type State, type Tx, type TxId, type TxStatus } from './types'

export function startTick(state: State, rng: number): State {
  return { ...state, ...nextMoment(state), rng }
}

export function arrive(state: State, arrival: Events['Arrival']): State {
  if (openTx(state, arrival.txId) || !hasAgent(state, arrival.agentId) || !hasAgent(state, arrival.to)) return state
  const { txId: id, agentId, to, amount, priority, deadline, origin } = arrival
  const tx: Tx = {
    id,
    agentId,
    to,
    amount,
    priority,
    origin,
    arrived: state.tick,
    deadline,
    status: 'held',
    since: state.tick,
  }
  return hold(state, tx)
}

/** Takes a payment away from its payer; the next event about it says where it goes. */
export function submit(state: State, { txId }: Payment): State {
  const tx = openTx(state, txId)
  if (tx?.status !== 'held') return state
  return moveTx(
    withAgent(state, tx.agentId, agent => ({ held: without(agent.held, txId) })),
    tx,
    'submitted',
  )
}

export function enqueue(state: State, { txId }: Payment): State {
  const tx = openTx(state, txId)
  if (tx?.status !== 'submitted') return state
  return moveTx(
    withAgent(state, tx.agentId, agent => ({ queue: [...agent.queue, txId] })),
    tx,
    'queued',
  )
}

export function splitUp(state: State, { txId, parts }: Events['PolicySplit']): State {
  const tx = openTx(state, txId)
  if (tx?.status !== 'held') return state
  return parts.reduce(
    (next, part) => hold(next, { ...tx, id: part.txId, amount: part.amount, origin: 'split', since: state.tick }),
    finish(state, tx, 'split'),
  )
}

export function drop(state: State, { txId }: Payment): State {
  const tx = openTx(state, txId)
  return tx ? finish(state, tx, 'dropped') : state
}

/** Moves the money, gross; the caller has made sure that the payer can pay or that a set of payments nets. */
export function settle(state: State, { txId }: Payment, status: 'settled' | 'offset' | 'cycled'): State {
  const tx = openTx(state, txId)
  if (!tx) return state
  const paid = withAgent(finish(state, tx, status), tx.agentId, ({ balance, sent }) => ({
    balance: balance - tx.amount,
    sent: { count: sent.count + 1, value: sent.value + tx.amount, today: sent.today + tx.amount },
  }))
  return withAgent(paid, tx.to, ({ balance, received }) => ({
    balance: balance + tx.amount,
    received: { count: received.count + 1, value: received.value + tx.amount },
  }))
}

export function moveCollateral(state: State, move: CollateralMove, direction: 1 | -1): State {
  if (!hasAgent(state, move.agentId)) return state
  const { collateral, eligible } = agentOf(state, move.agentId)
  const change = direction === 1 ? Math.min(move.amount, eligible) : -Math.min(move.amount, collateral)
  return withAgent(state, move.agentId, agent => ({
    balance: agent.balance + change,
    collateral: agent.collateral + change,
    eligible: agent.eligible - change,
  }))
}

export function charge(state: State, { agentId, costs }: Events['CostAccrual']): State {
  if (!hasAgent(state, agentId)) return state
  return withAgent(state, agentId, agent => ({
    costs: {
      delay: agent.costs.delay + costs.delay,
      liquidity: agent.costs.liquidity + costs.liquidity,
      collateral: agent.costs.collateral + costs.collateral,
      penalty: agent.costs.penalty + costs.penalty,
    },
  }))
}

/**
 * What is still open is sent back to its payer unsettled; the day's counters start again. Goes by the agents' lists, because the order
 * of `open`'s keys is not part of the state: one rebuilt from patches may have another.
 */
export function endDay(state: State): State {
  const waiting = transactions(
    state,
    agentsOf(state).flatMap(agent => [...agent.queue, ...agent.held]),
  )
  const emptied = waiting.reduce((next, tx) => finish(next, tx, 'expired'), state)
  return Object.keys(emptied.agents).reduce(
    (next, id) => withAgent(next, id, agent => ({ sent: { ...agent.sent, today: 0 } })),
    emptied,
  )
}

function hold(state: State, tx: Tx): State {
  const opened = { ...state, open: { ...state.open, [tx.id]: tx } }
  return withAgent(opened, tx.agentId, agent => ({ held: [...agent.held, tx.id] }))
}

function moveTx(state: State, tx: Tx, status: TxStatus): State {
  return { ...state, open: { ...state.open, [tx.id]: { ...tx, status, since: state.tick } } }
}

/** Takes the payment out of every list and into the ring of the latest finished ones. */
function finish(state: State, tx: Tx, status: TxStatus): State {
  const { [tx.id]: _finished, ...open } = state.open
  const recent = [...state.recent]
  recent[state.finished % RECENT] = { ...tx, status, since: state.tick }
  return withAgent({ ...state, open, recent, finished: state.finished + 1 }, tx.agentId, agent => ({
    held: without(agent.held, tx.id),
    queue: without(agent.queue, tx.id),
  }))
}

function withAgent(state: State, id: AgentId, change: (agent: Agent) => Partial<Agent>): State {
  const agent = agentOf(state, id)
  return { ...state, agents: { ...state.agents, [id]: { ...agent, ...change(agent) } } }
}

/** Returns a list without an id: the same list where the id is not in it, so that unchanged lists stay identical. */
function without(ids: readonly TxId[], id: TxId): readonly TxId[] {
  return ids.includes(id) ? ids.filter(other => other !== id) : ids
}
