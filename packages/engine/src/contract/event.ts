import type { CauseKind } from '@playhead/shared/model/event'
import type { EventRow } from './view'
import type { NameCount } from './vocabulary'

export interface EventDetail extends EventRow {
  producerName: string
  /** Epoch ms. */
  wall: number
  causeId: string | null
  causeType: string | null
  moreCauses: { id: string; kind: CauseKind; seq: number }[]
  /** Tagged JSON text; null: the text is not available (corrupt or lost). */
  payload: string | null
  /** Bytes before the payload was cut; null: whole. */
  originalBytes: number | null
  facets: Record<string, string | number>
  via: string
}

export interface Relations {
  causes: RelatedEvent[]
  /** The topmost known cause is itself outside the log. */
  outside: boolean
  effects: RelatedEvent[]
  effectsTotal: number
}

/**
 * Causes and effects depth first, one entry an event in each column: an event's effects follow it, `sizes` of them with all they brought
 * about. By first causes; only a cut of a very large tree, in which the event, its causes and what is near to them are never missing.
 */
export interface CauseTree {
  seqs: Uint32Array
  /** 0: the root. */
  depths: Uint32Array
  /** Events below it: in these columns, and in the log. */
  sizes: Uint32Array
  descendants: Uint32Array
  /** Session time, ms. */
  times: Float64Array
  /** Indexes into `typeNames`; `kinds` (how the cause is known) into `kindNames`. */
  types: Uint16Array
  kinds: Uint8Array
  /** 1: a handler of it threw. */
  threw: Uint8Array
  typeNames: string[]
  kindNames: CauseKind[]
  /** Events of the tree in the log. */
  total: number
  /** The cause of the root is outside the log. */
  outside: boolean
}

export type EntityTerm =
  | { key: 'facet'; name: string; value: string | number }
  | { key: 'payload'; path: readonly string[]; value: string | number | boolean | null }

export interface EntityPage {
  total: number
  /** Place of the first of `events` in the order asked for. */
  from: number
  events: RelatedEvent[]
  /** Place of the event asked for in that order; -1: it is none of them, or none was asked for. */
  at: number
  /** The most frequent types, most events first; the name is empty for all others together. */
  types: NameCount[]
  /** One dot stands for `count` events of a lane (index into `types`) that lie close together, `seq` and `time` are its first one's. */
  dots: { lane: number; time: number; seq: number; count: number }[]
  firstTime: number
  lastTime: number
}

export interface RelatedEvent {
  seq: number
  type: string
  source: string
  time: number
  summary: string
}
