import type { Events } from './events'
import { agentsOf, nextMoment } from './query'
import { draw } from './rng'
import type { Cents, State } from './types'

/** Random numbers that are drawn for each agent and tick, whether they are used or not. */
const DRAWS = 5
/** Cents of the smallest and of the largest payment. */
const AMOUNTS: readonly [Cents, Cents] = [5_000_00, 300_000_00]
/** Chances that an agent pays the next one in the ring, which makes circles, or the one before, which makes pairs. */
const NEXT = 0.4
const BEFORE = 0.15

export interface Arrivals {
  rng: number
  arrivals: Events['Arrival'][]
}

/**
 * Makes the payments of the next tick. Every agent draws the same count of numbers in the same order whatever it does with them, so that
 * arrivals depend on the seed and the tick alone: one changed balance does not reshuffle the rest of the day.
 */
export function drawArrivals(state: State): Arrivals {
  const agents = agentsOf(state)
  const { rng, values } = draw(state.rng, agents.length * DRAWS)
  const moment = nextMoment(state)
  const arrivals = agents.flatMap((agent, i) => {
    const [chance = 1, whom = 0, howMuch = 0, urgency = 0, patience = 0] = values.slice(i * DRAWS, (i + 1) * DRAWS)
    if (chance >= state.config.arrivals) return []
    const to = agents[(i + distance(whom, agents.length)) % agents.length]
    if (!to) return []
    const arrival: Events['Arrival'] = {
      ...moment,
      agentId: agent.id,
      to: to.id,
      amount: amount(howMuch),
      txId: `TX-${moment.tick}-${agent.id.slice(-1)}`,
      priority: urgency < 0.15 ? 'urgent' : 'normal',
      deadline: moment.tick + 6 + Math.floor(patience * 20),
      origin: 'arrival',
    }
    return [arrival]
  })
  return { rng, arrivals }
}

/** Returns how far in the ring the payee is: 1 to agents − 1. */
function distance(whom: number, agents: number): number {
  if (whom < NEXT) return 1
  if (whom < NEXT + BEFORE) return agents - 1
  const rest = (whom - NEXT - BEFORE) / (1 - NEXT - BEFORE)
  return 1 + Math.floor(rest * (agents - 1))
}

/** Returns an amount in whole units: many are small, few large. It only multiplies, as `Math.exp` and `**` may differ between browsers. */
function amount(u: number): Cents {
  const [least, most] = AMOUNTS
  const skewed = u * u * u
  return least + Math.floor((skewed * (most - least)) / 100) * 100
}
