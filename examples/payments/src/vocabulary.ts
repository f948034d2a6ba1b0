import type { EventName, InputName } from './model/events'

export type Category = 'input' | 'payment' | 'policy' | 'settlement' | 'collateral' | 'account'
/** The level of each type of event. A replay compares what is recorded, so only what follows from other events anyway is below `action`. */
export type EventLevel = 'milestone' | 'decision' | 'action' | 'state'

export interface Term {
  level: EventLevel
  kind: EventLevel
  category: Category
  description: string
}

export const VOCABULARY: Record<EventName, Term> = {
  Tick: term('action', 'input', 'The clock moved on by one tick.'),
  Submit: term('action', 'input', 'The user ordered a payment.'),
  Drop: term('action', 'input', 'The user took a waiting payment back.'),
  SetSpeed: term('action', 'input', 'The user set the speed of the clock; 0 is paused.'),
  Arrival: term('action', 'payment', 'An agent has a payment to make.'),
  PolicySubmit: term('decision', 'policy', 'The payer sends the payment to settlement.'),
  PolicyHold: term('decision', 'policy', 'The payer keeps the payment back for now.'),
  PolicyDrop: term('decision', 'policy', 'The payer gives the payment up.'),
  PolicySplit: term('decision', 'policy', 'The payer breaks the payment into parts.'),
  CollateralPost: term('action', 'collateral', 'An agent borrows cash against collateral.'),
  CollateralWithdraw: term('action', 'collateral', 'An agent buys collateral back.'),
  Settlement: term('action', 'settlement', 'The payment settled gross, in full.'),
  QueuedRtgs: term('action', 'settlement', 'The payer cannot pay now: the payment waits in the central queue.'),
  LsmBilateralOffset: term('action', 'settlement', 'Queued payments of two agents settled against each other.'),
  LsmCycleSettlement: term('action', 'settlement', 'Queued payments around a circle of agents settled together.'),
  CostAccrual: term('state', 'account', 'Delay, credit, collateral or a penalty cost the agent something.'),
  EndOfDay: term('milestone', 'account', 'The day closed; what was still waiting went back unsettled.'),
}

function term(level: EventLevel, category: Category, description: string): Term {
  return { level, kind: level, category, description }
}

export function isInput(type: EventName): type is InputName {
  return VOCABULARY[type].category === 'input'
}
