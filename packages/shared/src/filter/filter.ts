import type { FlagName, Kind, Level } from '../model/event'

/**
 * What to show: events for which every clause holds; without clauses all of them. Of takes only the recording passes unless a term
 * names a take. Data only, so it can be sent and stored.
 */
export interface Filter {
  all?: readonly Clause[]
}

/** Holds where any of its terms does; with `not` where none does. */
export interface Clause {
  not?: true
  any: readonly Term[]
}

/**
 * What each kind of term says, by its key. Everything else that a kind of term needs is in its definition (`terms/`). Globs match the
 * whole name, `*` any run of characters, case matters. Times are session time in ms, inclusive.
 */
export interface TermData {
  /** Case-insensitive, in the payload's text or in the type. */
  text: { text: string }
  regex: { source: string; flags: string }
  type: { glob: string }
  source: { glob: string }
  producer: { glob: string }
  /** This level and those before it. */
  level: { level: Level }
  kind: { kind: Kind }
  after: { time: number }
  before: { time: number }
  /** Its dispatch took longer, or with another operator shorter, than so many ms, to the µs. */
  slow: { op: Order; ms: number }
  /** Inside a phase (day, turn, run …) whose name matches. */
  mark: { glob: string }
  is: { is: Is }
  has: { has: Has }
  take: { take: number | '*' }
  /** Caused by the event with this seq directly. */
  cause: { seq: number }
  /** Anywhere in the tree that the event with this seq belongs to. */
  chain: { seq: number }
  payload: { path: readonly string[] } & Comparison
  facet: { name: string } & Comparison
}

export type TermKey = keyof TermData

/** A term of any kind; `Term<'level'>` is one of that kind. */
export type Term<K extends TermKey = TermKey> = { [P in K]: { key: P } & TermData[P] }[K]

/** `=` with a number also takes the same number as text; of a facet, `=` with true, false or null is the text. The others hold only where there is a value; order is of numbers. */
export interface Comparison {
  op: Operator
  value: string | number | boolean | null
}
export type Operator = '=' | '!=' | Order
export type Order = '<' | '<=' | '>' | '>='

/** `error`: a handler threw, or the type's name says so · `root`: input, or of unknown cause. */
export type Is = 'error' | 'root' | 'bookmarked' | FlagName
/** `gap`: events are missing right before or after it · `state`: it changed a registered state. */
export type Has = 'gap' | 'cause' | 'state'

const ERROR_NAME =
  /(?:^|[^a-z])(?:error|exception|fail(?:ed|ure|s)?|reject(?:ed|ion)?)(?![a-z])|[a-z](?:Error|Exception|Failed|Failure|Rejected)(?![a-z])/

/** Whether a type's name says that something went wrong: `payment:failed`, `LoadError`. */
export function isErrorName(type: string): boolean {
  return ERROR_NAME.test(type) || ERROR_NAME.test(type.toLowerCase())
}

export function termsOf(filter: Filter): Term[] {
  return (filter.all ?? []).flatMap(({ any }) => any)
}
