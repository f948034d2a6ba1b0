import type { CauseKind } from '@playhead/shared/model/event'
import type { EventRow } from './view'
import type { NameCount } from './vocabulary'

/** Everything that is known of one event. */
export interface EventDetail extends EventRow {
  producerName: string
  /** When it was emitted, in epoch ms. */
  wall: number
  /** Id and type of the main cause. The id is null where no cause is known, the type also where the cause is not in the log. */
  causeId: string | null
  causeType: string | null
  /** The causes besides the main one. `seq` is -1 where the cause is not in the log. */
  moreCauses: { id: string; kind: CauseKind; seq: number }[]
  /** The payload as tagged JSON text; null where the text was lost. */
  payload: string | null
  /** Bytes that the payload had before it was cut to fit a bound; null where it is whole. */
  originalBytes: number | null
  /** Facets of the event by name. */
  facets: Record<string, string | number>
  /** Names the attachment (the adapter and the bus) that recorded it; empty where `record()` did. */
  via: string
}

/** Causes and direct effects of one event. */
export interface Relations {
  /** The event's cause, the cause of that and so on, nearest first, up to the root. */
  causes: RelatedEvent[]
  /** True: the last of `causes` (or, where there are none, the event) has a cause that is not in the log. */
  outside: boolean
  /** Events whose cause this event is, in shown order: at most 500, the newest. `effectsTotal` says how many there are. */
  effects: RelatedEvent[]
  effectsTotal: number
}

/**
 * The tree of causes and effects that an event belongs to. Every event hangs under its main cause. The columns hold one entry an event,
 * depth first:
 *
 *     seqs      7   9  12  10          7
 *     depths    0   1   2   1          ├─ 9 ─ 12
 *     sizes     3   1   0   0          └─ 10
 *
 * A very large tree is cut. The event asked for, its causes and their neighbourhood are always in it.
 */
export interface CauseTree {
  seqs: Uint32Array
  /** Causes between the event and the root; 0 is the root itself. */
  depths: Uint32Array
  /** How many of the following entries lie below the event. */
  sizes: Uint32Array
  /** How many events of the log lie below the event, those that were cut included. */
  descendants: Uint32Array
  /** Session time in ms. */
  times: Float64Array
  /** Index of the event's type in `typeNames`. */
  types: Uint16Array
  /** Index in `kindNames` of how the event's cause is known. */
  kinds: Uint8Array
  /** 1 where a handler of the event threw, else 0. */
  threw: Uint8Array
  typeNames: string[]
  kindNames: CauseKind[]
  /** Events of the whole tree, those that were cut included. */
  total: number
  /** True: the root has a cause that is not in the log. */
  outside: boolean
}

/** A value that events have in common: of a facet, or of the payload's field at a path. */
export type EntityTerm =
  | { key: 'facet'; name: string; value: string | number }
  | { key: 'payload'; path: readonly string[]; value: string | number | bigint | boolean | null }

/** Events that have the value, as one page of a list and as a picture of all. */
export interface EntityPage {
  /** Events that have the value. */
  total: number
  /** Place of the first of `events` in the order that was asked for, from 0. */
  from: number
  events: RelatedEvent[]
  /** Place in that order of the event `of` in the request; -1 where it does not have the value, or none was given. */
  at: number
  /** The most frequent types (at most 8), most events first, and one entry with an empty name for all others together. */
  types: NameCount[]
  /**
   * One dot stands for `count` events of one type that lie close together. `lane` is an index in `types`, `seq` and `time` are those of
   * the first.
   */
  dots: { lane: number; time: number; seq: number; count: number }[]
  /** Session time in ms of the first and the last event that has the value; 0 where there is none. */
  firstTime: number
  lastTime: number
}

/** What a list of causes, effects or an entity's events shows of each. `time` is session time in ms. */
export interface RelatedEvent {
  seq: number
  type: string
  source: string
  time: number
  /** The first characters of the payload's text. */
  summary: string
}
