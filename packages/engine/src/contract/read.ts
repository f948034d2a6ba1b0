/** What is read of one session, live or stored. Nothing here changes a session or depends on what is shown. */

import type { FieldName } from '@playhead/shared/filter/seen'
import type { Density, DensityRequest } from './density'
import type { CauseTree, EntityPage, EntityTerm, EventDetail, RelatedEvent, Relations } from './event'
import type { FieldValues, FoundValues, TypeFacts, Vocabulary } from './vocabulary'

export interface KeyframeInfo {
  key: string
  state: string
  producer: string
  afterN: number
  take: number
  time: number
  why: string
  bytes: number
}

/** A stretch of an entity's events: `of` asks for the place of one event among them. */
export interface EntityRange {
  from: number
  count: number
  newestFirst: boolean
  of?: number
}

export interface ReadApi {
  detail(session: string, seq: number): Promise<EventDetail | null>
  /** seq of the event with this id; -1: it is not in the log. */
  seqOfEvent(session: string, id: string): Promise<number>
  /** The event of this one's type after or before it by time, around the ends; -1: the event is not there. */
  neighbour(session: string, seq: number, step: 1 | -1): Promise<number>
  /** seq of the event of the same type and take shown right before this one; -1: there is none. */
  previousOfType(session: string, seq: number): Promise<number>
  /** Chain of causes from the event's parent up to its root; then its direct effects (newest 500 at most). */
  relations(session: string, seq: number): Promise<Relations>
  /** The whole tree of causes and effects the event belongs to, as much of it as can be sent; null: it is not in the log. */
  causeTree(session: string, seq: number): Promise<CauseTree | null>
  /** At most 200 events in the order given, without those that are not in the log. */
  related(session: string, seqs: readonly number[]): Promise<RelatedEvent[]>
  /** Every event of a take with this value: at most 200 from place `from` on, and all as dots. Null: another value was asked for. */
  entity(session: string, term: EntityTerm, take: number, range: EntityRange): Promise<EntityPage | null>
  /** The events as text for the clipboard, in the order given; as many as fit into some MB. */
  copy(session: string, seqs: readonly number[], form: 'json' | 'line'): Promise<{ text: string; events: number }>
  /** What the session's events were seen to have, most frequent first, bounded; null: no such session. Counts on at every call. */
  vocabulary(session: string): Promise<Vocabulary | null>
  /** Values of the field at this path of the payloads; null: another field was asked for meanwhile, or there is no such session. */
  fieldValues(session: string, path: readonly string[]): Promise<FieldValues | null>
  /**
   * As `fieldValues`, of a facet too, and of all events: only values that begin with `typed` in any case. Looks on for a moment at every
   * call, and not at all while something else is searched for.
   */
  valuesFrom(session: string, field: FieldName, typed: string): Promise<FoundValues | null>
  /** What the payloads of each type look like, learned from the recording; reads on at every call. */
  fields(session: string): Promise<TypeFacts[]>
  /** Events over time, for the timeline; null: another call came meanwhile, or there is no such session. */
  density(request: DensityRequest): Promise<Density | null>
  /** Keyframes of a session, newest last, without their text. */
  keyframes(session: string): Promise<KeyframeInfo[]>
  /** Text of one keyframe. */
  keyframe(session: string, key: string): Promise<string | null>
}
