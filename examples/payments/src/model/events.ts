import type { AgentId, Cents, Costs, Priority, Speed, TxId } from './types'

/** When something happened. */
export interface Moment {
  tick: number
  day: number
}
/** A payment: `agentId` pays `to`. */
export interface Payment extends Moment {
  agentId: AgentId
  to: AgentId
  amount: Cents
  txId: TxId
}

export type HoldReason = 'reserve' | 'no liquidity'
export type DropReason = 'user' | 'deadline'
export type CollateralReason = 'urgent payment' | 'queue pressure' | 'idle liquidity' | 'end of day'
/** The part of the tick in which it was decided. */
export type CollateralLayer = 'payment' | 'strategic' | 'end of tick' | 'end of day'

export interface CollateralMove extends Moment {
  agentId: AgentId
  amount: Cents
  reason: CollateralReason
  layer: CollateralLayer
  balanceBefore: Cents
  balanceAfter: Cents
  collateralBefore: Cents
  collateralAfter: Cents
}

/** One payment of a set that settles together. Balances may pass their limit between the events of a set, never after its last. */
export interface NettedPayment extends Payment {
  cycleId: string
  /** Place in the set, from 1. */
  index: number
  of: number
}

/** Everything that happens in the app: the first four come from outside, the rest follows from them. */
// A type alias and not an interface: mitt wants an index signature.
export type Events = {
  Tick: Moment
  Submit: Moment & { agentId: AgentId; to: AgentId; amount: Cents }
  Drop: Moment & { txId: TxId }
  SetSpeed: Moment & { speed: Speed }

  Arrival: Payment & { priority: Priority; deadline: number; origin: 'arrival' | 'user' }
  PolicySubmit: Payment & { policy: string; liquidity: Cents }
  PolicyHold: Payment & { policy: string; liquidity: Cents; reason: HoldReason }
  PolicyDrop: Payment & { policy: string; reason: DropReason }
  PolicySplit: Payment & { policy: string; liquidity: Cents; parts: { txId: TxId; amount: Cents }[] }
  CollateralPost: CollateralMove
  CollateralWithdraw: CollateralMove
  Settlement: Payment & {
    balanceBefore: Cents
    balanceAfter: Cents
    /** Ticks since the payment arrived. */
    waited: number
    /** How many settlements before it each gave the next payer the liquidity; 0 where its payer had it anyway. */
    cascade: number
  }
  QueuedRtgs: Payment & { liquidity: Cents; shortfall: Cents; position: number }
  LsmBilateralOffset: NettedPayment
  LsmCycleSettlement: NettedPayment
  CostAccrual: Moment & { agentId: AgentId; costs: Costs; total: Cents }
  EndOfDay: Moment & {
    /** Ids of the transactions in their order, by agent. */
    queues: Record<AgentId, TxId[]>
    held: Record<AgentId, TxId[]>
    settledValue: Cents
    unsettledValue: Cents
  }
}
export type EventName = keyof Events
export type InputName = 'Tick' | 'Submit' | 'Drop' | 'SetSpeed'
export const INPUTS: readonly InputName[] = ['Tick', 'Submit', 'Drop', 'SetSpeed']
