import type { Moment } from './events'
import type { Agent, AgentId, Cents, State, Tx, TxId } from './types'

/** Returns the cents that an agent can pay now, its credit included. */
export function liquidity(agent: Agent): Cents {
  return agent.balance + agent.creditLimit
}

/** Returns the cents by which an agent is in debt. */
export function creditUsed(agent: Agent): Cents {
  return Math.max(0, -agent.balance)
}

export function now(state: State): Moment {
  return { tick: state.tick, day: state.day }
}

/** Returns the moment that the next Tick brings. */
export function nextMoment(state: State): Moment {
  const tick = state.tick + 1
  return { tick, day: 1 + Math.floor((tick - 1) / state.config.ticksPerDay) }
}

export function isLastTickOfDay(state: State): boolean {
  return state.tick > 0 && state.tick % state.config.ticksPerDay === 0
}

/** Returns all agents in an order that never changes. */
export function agentsOf(state: State): Agent[] {
  return Object.values(state.agents)
}

/** Returns an agent. Throws for an unknown id, as ids inside the state are always known. */
export function agentOf(state: State, id: AgentId): Agent {
  const agent = state.agents[id]
  if (!agent) throw new Error(`unknown agent ${id}`)
  return agent
}

export function hasAgent(state: State, id: unknown): id is AgentId {
  return typeof id === 'string' && Object.hasOwn(state.agents, id)
}

/** Returns a payment that is held or queued; undefined where none of that id is. */
export function openTx(state: State, id: TxId): Tx | undefined {
  return Object.hasOwn(state.open, id) ? state.open[id] : undefined
}

/** Returns an agent's queued payments in the order of their entry. */
export function queueOf(state: State, id: AgentId): Tx[] {
  return transactions(state, agentOf(state, id).queue)
}

/** Returns the open payments among some ids. */
export function transactions(state: State, ids: readonly TxId[]): Tx[] {
  return ids.flatMap(id => openTx(state, id) ?? [])
}

/** Returns the latest finished payments, newest first. */
export function recentFirst(state: State): Tx[] {
  const list: Tx[] = []
  for (let i = state.finished - 1; i >= state.finished - state.recent.length; i--) {
    const tx = state.recent[i % state.recent.length]
    if (tx) list.push(tx)
  }
  return list
}

export interface Totals {
  settledCount: number
  settledValue: Cents
  settledToday: Cents
  waitingCount: number
  waitingValue: Cents
  costs: Cents
  /** Value that was settled today, divided by the liquidity in the system. */
  turnover: number
}

/** Sums up the agents. The sums are not kept in the state, so that a payment changes its two accounts and no more. */
export function totals(state: State): Totals {
  const agents = agentsOf(state)
  const sum = (pick: (agent: Agent) => number) => agents.reduce((total, agent) => total + pick(agent), 0)
  const waiting = Object.values(state.open)
  const settledToday = sum(agent => agent.sent.today)
  return {
    settledCount: sum(agent => agent.sent.count),
    settledValue: sum(agent => agent.sent.value),
    settledToday,
    waitingCount: waiting.length,
    waitingValue: waiting.reduce((total, tx) => total + tx.amount, 0),
    costs: sum(agent => costOf(agent)),
    turnover:
      settledToday /
      Math.max(
        1,
        sum(agent => liquidity(agent)),
      ),
  }
}

export function costOf(agent: Agent): Cents {
  const { delay, liquidity: credit, collateral, penalty } = agent.costs
  return delay + credit + collateral + penalty
}

/** Returns a sum that never changes in a simulation: money only moves between accounts, or comes and goes against collateral. */
export function moneySupply(state: State): Cents {
  return agentsOf(state).reduce((total, agent) => total + agent.balance - agent.collateral, 0)
}
