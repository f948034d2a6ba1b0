import type { FlagName, Kind, Level } from '../model/event'

/**
 * Says which events are shown: those for which every clause holds; without clauses, all. Only events of the recording pass, unless a term
 * names a take. A filter is plain data, so that it can be sent and stored.
 */
export interface Filter {
  all?: readonly Clause[]
}

/** Holds for an event if one of its terms does; with `not`, if none does. */
export interface Clause {
  not?: true
  any: readonly Term[]
}

/**
 * What each kind of term says, by its key. Everything else that a kind of term needs is in its definition (`terms/`). A glob
 * matches the whole name; its `*` stands for any characters, and case matters. Times are session time in ms, inclusive.
 */
export interface TermData {
  /** The payload's text or the type has this text, in any case. */
  text: { text: string }
  regex: { source: string; flags: string }
  type: { glob: string }
  source: { glob: string }
  producer: { glob: string }
  /** The event has this level or one before it. */
  level: { level: Level }
  kind: { kind: Kind }
  after: { time: number }
  before: { time: number }
  /** The dispatch took longer than so many ms, or with another operator shorter; `ms` has at most three decimals. */
  slow: { op: Order; ms: number }
  /** The event lies in a phase (day, turn, run …) whose name matches. */
  mark: { glob: string }
  is: { is: Is }
  has: { has: Has }
  take: { take: number | '*' }
  /** The event with this seq is a cause of the event. */
  cause: { seq: number }
  /** The event is in the tree of causes and effects of the event with this seq. */
  chain: { seq: number }
  payload: { path: readonly string[] } & Comparison
  facet: { name: string } & Comparison
}

export type TermKey = keyof TermData

/** A term of any kind; `Term<'level'>` is one of that kind. */
export type Term<K extends TermKey = TermKey> = { [P in K]: { key: P } & TermData[P] }[K]

/**
 * Compares a value with a constant. A comparison holds only where there is a value. `=` with a number holds for the same number as text
 * too; for a facet, true, false and null stand for the texts. Operators of order hold for numbers only.
 */
export interface Comparison {
  op: Operator
  value: string | number | bigint | boolean | null
}
export type Operator = '=' | '!=' | Order
export type Order = '<' | '<=' | '>' | '>='

/** `error`: a handler threw, or the type's name says that something went wrong · `root`: an input, or an event whose cause is unknown. */
export type Is = 'error' | 'root' | 'bookmarked' | FlagName
/** `gap`: events are missing right before or after the event · `state`: the event changed a registered state. */
export type Has = 'gap' | 'cause' | 'state'

const ERROR_NAME =
  /(?:^|[^a-z])(?:error|exception|fail(?:ed|ure|s)?|reject(?:ed|ion)?)(?![a-z])|[a-z](?:Error|Exception|Failed|Failure|Rejected)(?![a-z])/

/** Tells whether a type's name says that something went wrong: `payment:failed`, `LoadError`. */
export function isErrorName(type: string): boolean {
  return ERROR_NAME.test(type) || ERROR_NAME.test(type.toLowerCase())
}

/** Returns all terms of a filter. */
export function termsOf(filter: Filter): Term[] {
  return (filter.all ?? []).flatMap(({ any }) => any)
}
