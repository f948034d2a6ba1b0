import type { Bus } from '../bus'
import type { Payment } from '../model/events'
import { now } from '../model/query'
import type { State, Tx } from '../model/types'
import type { Store } from '../store'

export interface Context {
  bus: Bus
  store: Store
}

/** Returns the fields that every event about a payment has. */
export function paymentOf(state: State, tx: Tx): Payment {
  return { ...now(state), txId: tx.id, agentId: tx.agentId, to: tx.to, amount: tx.amount }
}
