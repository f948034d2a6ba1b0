/** The way of a payment: Arrival → PolicySubmit, PolicyHold, PolicySplit or PolicyDrop → Settlement or QueuedRtgs. */
import { arrive, drop, enqueue, settle, splitUp, submit } from '../model/apply'
import { postForPayment } from '../model/collateral'
import { decide } from '../model/policy'
import { agentOf, liquidity, openTx, queueOf } from '../model/query'
import type { State, Tx, TxId } from '../model/types'
import { type Context, paymentOf } from './context'

/** So many settlements may follow from one another before the rest waits for the next tick, which bounds the depth of the call stack. */
const LONGEST_CASCADE = 16

export function handlePayments(context: Context): void {
  const { bus, store } = context

  bus.on('Arrival', arrival => {
    if (openTx(store.get(), arrival.txId)) return
    store.update(state => arrive(state, arrival))
    applyPolicy(context, arrival.txId, true)
  })

  bus.on('PolicyHold', () => {
    // The payment stays where it is, so the state does not change. The event says why.
  })

  bus.on('PolicyDrop', payment => store.update(state => drop(state, payment)))

  bus.on('PolicySplit', payment => {
    store.update(state => splitUp(state, payment))
    for (const part of payment.parts) applyPolicy(context, part.txId, false)
  })

  bus.on('PolicySubmit', payment => {
    store.update(state => submit(state, payment))
    const tx = openTx(store.get(), payment.txId)
    if (tx?.status !== 'submitted') return
    const posting = postForPayment(store.get(), tx)
    if (posting) bus.emit('CollateralPost', posting)
    const state = store.get()
    const payer = agentOf(state, tx.agentId)
    if (payer.queue.length === 0 && liquidity(payer) >= tx.amount) return emitSettlement(context, tx, 0)
    bus.emit('QueuedRtgs', {
      ...paymentOf(state, tx),
      liquidity: liquidity(payer),
      shortfall: Math.max(0, tx.amount - liquidity(payer)),
      position: payer.queue.length + 1,
    })
  })

  bus.on('QueuedRtgs', payment => store.update(state => enqueue(state, payment)))

  bus.on('Settlement', payment => {
    const before = store.get()
    store.update(state => settle(state, payment, 'settled'))
    if (store.get() !== before && payment.cascade < LONGEST_CASCADE) {
      settleQueue(context, payment.to, payment.cascade + 1)
    }
  })
}

/** Asks the payer's policy about a payment that it holds. Holding on is worth an event the first time only. */
export function applyPolicy({ bus, store }: Context, txId: TxId, isNew: boolean): void {
  const state = store.get()
  const tx = openTx(state, txId)
  if (tx?.status !== 'held') return
  const decision = decide(state, tx)
  const agent = agentOf(state, tx.agentId)
  const payment = { ...paymentOf(state, tx), policy: agent.policy }
  if (decision.do === 'submit') bus.emit('PolicySubmit', { ...payment, liquidity: liquidity(agent) })
  if (decision.do === 'drop') bus.emit('PolicyDrop', { ...payment, reason: decision.reason })
  if (decision.do === 'split') {
    const parts = decision.amounts.map((amount, i) => ({ txId: `${tx.id}.${i + 1}`, amount }))
    bus.emit('PolicySplit', { ...payment, liquidity: liquidity(agent), parts })
  }
  if (decision.do === 'hold' && isNew) {
    bus.emit('PolicyHold', { ...payment, liquidity: liquidity(agent), reason: decision.reason })
  }
}

/** Settles from the head of the queue on. First in, first out: a payment that is too large holds up those behind it. */
export function settleQueue(context: Context, agentId: string, cascade: number): void {
  for (;;) {
    const state = context.store.get()
    const [head] = queueOf(state, agentId)
    if (!head || !canPay(state, head)) return
    emitSettlement(context, head, cascade)
  }
}

function canPay(state: State, tx: Tx): boolean {
  return liquidity(agentOf(state, tx.agentId)) >= tx.amount
}

function emitSettlement({ bus, store }: Context, tx: Tx, cascade: number): void {
  const state = store.get()
  const { balance } = agentOf(state, tx.agentId)
  bus.emit('Settlement', {
    ...paymentOf(state, tx),
    balanceBefore: balance,
    balanceAfter: balance - tx.amount,
    waited: state.tick - tx.arrived,
    cascade,
  })
}
