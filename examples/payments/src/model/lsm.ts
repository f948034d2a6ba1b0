/** Liquidity saving: sets of queued payments that nobody can pay alone and everybody can pay together. */
import { agentOf, agentsOf, liquidity, queueOf } from './query'
import type { AgentId, Cents, State, Tx } from './types'

const LONGEST_CYCLE = 5

/** Returns by how many cents each agent's balance changes if all of these payments settle. */
export function netPositions(payments: readonly Tx[]): Map<AgentId, Cents> {
  const net = new Map<AgentId, Cents>()
  for (const { agentId, to, amount } of payments) {
    net.set(agentId, (net.get(agentId) ?? 0) - amount)
    net.set(to, (net.get(to) ?? 0) + amount)
  }
  return net
}

/** Tells whether a set of payments may settle: nobody ends beyond the credit limit, unless better off than before. */
export function isFeasible(state: State, payments: readonly Tx[]): boolean {
  for (const [id, change] of netPositions(payments)) {
    if (change < 0 && liquidity(agentOf(state, id)) + change < 0) return false
  }
  return true
}

/**
 * The first pair of agents whose queued payments to each other can settle against each other. Starts from all of them and takes the
 * latest of the net payer's away until it can pay the difference. Empty if there is none.
 */
export function findBilateral(state: State): Tx[] {
  const agents = agentsOf(state).filter(agent => agent.queue.length > 0)
  for (const [i, a] of agents.entries()) {
    for (const b of agents.slice(i + 1)) {
      const there = queueOf(state, a.id).filter(tx => tx.to === b.id)
      const back = queueOf(state, b.id).filter(tx => tx.to === a.id)
      while (there.length > 0 && back.length > 0) {
        const payments = [...there, ...back]
        if (isFeasible(state, payments)) return payments
        const payer = (netPositions(payments).get(a.id) ?? 0) < 0 ? there : back
        payer.pop()
      }
    }
  }
  return []
}

/** The first feasible circle of three to five agents, one queued payment (the oldest) for each step. Empty if there is none. */
export function findCycle(state: State): Tx[] {
  const edges = oldestPerPair(state)
  const ids = [...edges.keys()]
  for (const start of ids) {
    const found = walk(state, edges, start, [])
    if (found) return found
  }
  return []
}

function walk(state: State, edges: Map<AgentId, Tx[]>, start: AgentId, path: Tx[]): Tx[] | undefined {
  const at = path.at(-1)?.to ?? start
  for (const tx of edges.get(at) ?? []) {
    if (tx.to === start) {
      const cycle = [...path, tx]
      if (cycle.length >= 3 && isFeasible(state, cycle)) return cycle
      continue
    }
    // A circle is looked for from its lowest member only, so that each is looked at once.
    if (tx.to < start || path.length + 1 >= LONGEST_CYCLE || path.some(step => step.agentId === tx.to)) continue
    const found = walk(state, edges, start, [...path, tx])
    if (found) return found
  }
  return undefined
}

function oldestPerPair(state: State): Map<AgentId, Tx[]> {
  const edges = new Map<AgentId, Tx[]>()
  for (const agent of agentsOf(state)) {
    const payees = new Set<AgentId>()
    const firsts = queueOf(state, agent.id).filter(tx => !payees.has(tx.to) && payees.add(tx.to))
    if (firsts.length > 0) edges.set(agent.id, firsts)
  }
  return edges
}
