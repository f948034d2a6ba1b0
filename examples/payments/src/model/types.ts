/** The whole state of the settlement system: one immutable object of plain JSON. Money is in whole cents, time in whole ticks. */
export type Cents = number
export type AgentId = string
export type TxId = string

/** Ticks a second; 0 is paused, `max` as fast as the page allows. */
export type Speed = 0 | 1 | 5 | 20 | 100 | 'max'
export const SPEEDS: readonly Speed[] = [0, 1, 5, 20, 100, 'max']

/** `eager` submits at once, `cautious` holds back what would eat its reserve, `splitter` breaks up what it cannot pay whole. */
export type PolicyName = 'eager' | 'cautious' | 'splitter'
export type Priority = 'normal' | 'urgent'

export type TxStatus =
  | 'held'
  | 'submitted'
  | 'queued'
  | 'settled'
  | 'offset'
  | 'cycled'
  | 'split'
  | 'dropped'
  | 'expired'

/** One payment. */
export interface Tx {
  id: TxId
  /** The payer. */
  agentId: AgentId
  /** The payee. */
  to: AgentId
  amount: Cents
  priority: Priority
  origin: 'arrival' | 'user' | 'split'
  arrived: number
  /** The last tick at which the payer still wants it settled. */
  deadline: number
  status: TxStatus
  /** The tick at which the status changed last. */
  since: number
}

/** What an agent has to pay for its payments and its credit. */
export interface Costs {
  delay: Cents
  liquidity: Cents
  collateral: Cents
  penalty: Cents
}

/** One bank. */
export interface Agent {
  id: AgentId
  policy: PolicyName
  /** Account at the central bank. May go down to −creditLimit. */
  balance: Cents
  creditLimit: Cents
  /**
   * Securities that are lent to the central bank against cash of the same amount (an intraday repo): Σ balance − Σ collateral never
   * changes.
   */
  collateral: Cents
  /** Securities that could still be lent. */
  eligible: Cents
  /** Payments its policy keeps back, in order of arrival. */
  held: readonly TxId[]
  /** Payments waiting in the central queue, in order of entry. */
  queue: readonly TxId[]
  /** Costs are counted and not taken from the balance. */
  costs: Costs
  sent: { count: number; value: Cents; today: Cents }
  received: { count: number; value: Cents }
}

export interface Config {
  seed: number
  ticksPerDay: number
  /** Chance, 0 to 1, that an agent has a payment to make in a tick. 0: only the user's payments. */
  arrivals: number
}

/** Everything that the app knows. */
export interface State {
  config: Config
  /** State of the random number generator: a replay from any keyframe draws the same numbers. */
  rng: number
  /** Ticks since the start; the first is 1. */
  tick: number
  /** The day, from 1. */
  day: number
  clock: { speed: Speed /** What Resume goes back to. */; resume: Exclude<Speed, 0> }
  agents: Readonly<Record<AgentId, Agent>>
  /** Held and queued payments. */
  open: Readonly<Record<TxId, Tx>>
  /** The latest finished payments: a ring, the next one goes to slot `finished % RECENT`. */
  recent: readonly Tx[]
  finished: number
  /** Payments the user has submitted. */
  submitted: number
}

export const RECENT = 40
