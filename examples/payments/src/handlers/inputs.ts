/**
 * Handles the user's commands. They may come from anywhere (a form, a replay, an edited payload), so one that makes no sense does nothing.
 */

import type { Events } from '../model/events'
import { hasAgent, now, openTx } from '../model/query'
import { SPEEDS, type State } from '../model/types'
import { type Context, paymentOf } from './context'

/** Ticks from a user's payment to its deadline. */
const PATIENCE = 20

export function handleInputs({ bus, store }: Context): void {
  bus.on('Submit', order => {
    if (!isPayable(store.get(), order)) return
    store.update(state => ({ ...state, submitted: state.submitted + 1 }))
    const state = store.get()
    bus.emit('Arrival', {
      ...now(state),
      txId: `U-${state.submitted}`,
      agentId: order.agentId,
      to: order.to,
      amount: order.amount,
      priority: 'normal',
      deadline: state.tick + PATIENCE,
      origin: 'user',
    })
  })

  bus.on('Drop', ({ txId }) => {
    const state = store.get()
    const tx = openTx(state, txId)
    const policy = tx && state.agents[tx.agentId]?.policy
    if (policy) bus.emit('PolicyDrop', { ...paymentOf(state, tx), policy, reason: 'user' })
  })

  bus.on('SetSpeed', ({ speed }) => {
    if (!SPEEDS.includes(speed)) return
    store.update(state => ({ ...state, clock: { speed, resume: speed === 0 ? state.clock.resume : speed } }))
  })
}

export function isPayable(state: State, { agentId, to, amount }: Omit<Events['Submit'], 'tick' | 'day'>): boolean {
  return hasAgent(state, agentId) && hasAgent(state, to) && agentId !== to && Number.isSafeInteger(amount) && amount > 0
}
