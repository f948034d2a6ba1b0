/** Reads one session, live or stored. Nothing here changes a session or depends on what is shown. */

import type { FieldName } from '@playhead/shared/filter/seen'
import type { Density, DensityRequest } from './density'
import type { CauseTree, EntityPage, EntityTerm, EventDetail, RelatedEvent, Relations } from './event'
import type { FieldValues, FoundValues, TypeFacts, Vocabulary } from './vocabulary'

/** One keyframe without its text; the fields are those of `Keyframe` (shared model/session). */
export interface KeyframeInfo {
  /** Finds the text of the keyframe again, also after a restart. */
  key: string
  state: string
  producer: string
  afterN: number
  take: number
  time: number
  why: string
  /** Characters of the text. */
  bytes: number
}

/** Chooses one page of an entity's events. */
export interface EntityRange {
  /** Place of the first event, from 0, and how many follow it at most. */
  from: number
  count: number
  newestFirst: boolean
  /** seq of an event whose place among the others is asked for. */
  of?: number
}

export interface ReadApi {
  /** Returns everything that is known of an event; null where it is not in the log. */
  detail(session: string, seq: number): Promise<EventDetail | null>
  /** Returns the seq of the event with this id; -1 where it is not in the log. */
  seqOfEvent(session: string, id: string): Promise<number>
  /**
   * Returns the seq of the next (1) or previous (-1) event of the same type by time, around the ends; -1 where the event is not in the
   * log.
   */
  neighbour(session: string, seq: number, step: 1 | -1): Promise<number>
  /** Returns the seq of the last event of the same type and take that is shown before this one; -1 where there is none. */
  previousOfType(session: string, seq: number): Promise<number>
  /** Returns the causes of an event up to its root, and its direct effects. Both are empty where the event is not in the log. */
  relations(session: string, seq: number): Promise<Relations>
  /** Returns the tree of causes and effects that an event belongs to; null where the event is not in the log. */
  causeTree(session: string, seq: number): Promise<CauseTree | null>
  /** Returns at most 200 events in the order given. Those that are not in the log are left out. */
  related(session: string, seqs: readonly number[]): Promise<RelatedEvent[]>
  /**
   * Returns the events of a take that have a value: at most 200 as a list, all as dots. Null where another value was asked for meanwhile.
   */
  entity(session: string, term: EntityTerm, take: number, range: EntityRange): Promise<EntityPage | null>
  /** Returns events as text for the clipboard in the order given, as many as fit into 8,000,000 characters. `events` says how many did. */
  copy(session: string, seqs: readonly number[], form: 'json' | 'line'): Promise<{ text: string; events: number }>
  /** Returns the types, sources and other names that the session's events have; null where there is no such session. */
  vocabulary(session: string): Promise<Vocabulary | null>
  /** Returns values of the payloads' field at a path; null where another field was asked for meanwhile, or there is no such session. */
  fieldValues(session: string, path: readonly string[]): Promise<FieldValues | null>
  /**
   * Returns values that begin with `typed`, in any case, of a payload's field or a facet. Every call looks at further events for 100 ms,
   * until all were looked at; while a view is searching it returns what it has. Null as in `fieldValues`.
   */
  valuesFrom(session: string, field: FieldName, typed: string): Promise<FoundValues | null>
  /** Returns which fields the payloads of each type have, learned from the recording. Every call reads further payloads. */
  fields(session: string): Promise<TypeFacts[]>
  /** Counts events over time; null where another call came meanwhile, or there is no such session. */
  density(request: DensityRequest): Promise<Density | null>
  /** Lists the keyframes of a session, newest last, without their text. */
  keyframes(session: string): Promise<KeyframeInfo[]>
  /** Returns the tagged JSON text of a keyframe; null where it is gone. */
  keyframe(session: string, key: string): Promise<string | null>
}
