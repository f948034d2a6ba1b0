import type { FieldName } from '@playhead/shared/filter/seen'
import type { Density, DensityRequest } from '../contract/density'
import type { CauseTree, EntityPage, EntityTerm, EventDetail, RelatedEvent, Relations } from '../contract/event'
import type { EntityRange, KeyframeInfo, ReadApi } from '../contract/read'
import type { FieldValues, FoundValues, TypeFacts, Vocabulary } from '../contract/vocabulary'
import { seqsOfIds } from '../log/event-row'
import type { LogReader } from '../log/reader'
import { Learner } from '../schema/learner'
import { DensityCounter } from '../search/density/density'
import { CauseTrees } from '../search/read/cause-tree'
import { copyEvents } from '../search/read/copy'
import { readDetail } from '../search/read/detail'
import { Entities } from '../search/read/entity'
import { previousOfType } from '../search/read/previous'
import { readRelated } from '../search/read/related'
import { readRelations } from '../search/read/relations'
import { neighbourOfType } from '../search/view/finder'
import { PayloadValues } from '../search/vocabulary/payload-values'
import { ValuesFrom } from '../search/vocabulary/values-from'
import { VocabularyCounter } from '../search/vocabulary/vocabulary'
import type { Meter } from '../tasks/meter'

const MOST_RELATED = 200
const NO_RELATIONS: Relations = { causes: [], outside: false, effects: [], effectsTotal: 0 }

/** What `EngineReads` is handed. */
export interface ReadDelegate {
  /** Returns the log of a session, live or stored; undefined where there is none of that id. */
  open(session: string): Promise<LogReader | undefined>
  /** True while a view or a search is scanning: work that can wait must wait. */
  searching(): boolean
  meter: Meter
}

/**
 * Answers questions about one session, live or stored. Counters that go on where they stopped are kept for each log as long as it lives.
 */
export class EngineReads implements ReadApi {
  private readonly causeTrees = new CauseTrees()
  private readonly entities = new Entities()
  /** Id of the session whose entity was asked for last. */
  private entitySession = ''
  private readonly values = new PayloadValues()
  private readonly valuesSought = new ValuesFrom()
  private readonly learners = new WeakMap<LogReader, Learner>()
  private readonly densities = new WeakMap<LogReader, DensityCounter>()
  private readonly vocabularies = new WeakMap<LogReader, VocabularyCounter>()

  constructor(private readonly delegate: ReadDelegate) {}

  private open(session: string): Promise<LogReader | undefined> {
    return this.delegate.open(session)
  }

  async neighbour(session: string, seq: number, step: 1 | -1): Promise<number> {
    const reader = await this.open(session)
    return reader ? neighbourOfType(reader, seq, step) : -1
  }

  async copy(
    session: string,
    seqs: readonly number[],
    form: 'json' | 'line',
  ): Promise<{ text: string; events: number }> {
    const reader = await this.open(session)
    return reader ? copyEvents(reader, seqs, form) : { text: '', events: 0 }
  }

  async detail(session: string, seq: number): Promise<EventDetail | null> {
    const reader = await this.open(session)
    return reader ? readDetail(reader, seq) : null
  }

  async relations(session: string, seq: number): Promise<Relations> {
    const reader = await this.open(session)
    return reader ? readRelations(reader, seq) : NO_RELATIONS
  }

  async causeTree(session: string, seq: number): Promise<CauseTree | null> {
    const reader = await this.open(session)
    return reader ? this.causeTrees.read(reader, seq) : null
  }

  async related(session: string, seqs: readonly number[]): Promise<RelatedEvent[]> {
    const reader = await this.open(session)
    return reader ? readRelated(reader, seqs.slice(0, MOST_RELATED)) : []
  }

  async previousOfType(session: string, seq: number): Promise<number> {
    const reader = await this.open(session)
    return reader ? previousOfType(reader, seq) : -1
  }

  async entity(session: string, term: EntityTerm, take: number, range: EntityRange): Promise<EntityPage | null> {
    this.entitySession = session
    const reader = await this.open(session)
    // A session that took long to open must not take the place of one that was asked for meanwhile.
    return reader && this.entitySession === session ? this.entities.read(reader, term, take, range) : null
  }

  async vocabulary(session: string): Promise<Vocabulary | null> {
    const reader = await this.open(session)
    if (!reader) return null
    const counter = this.vocabularies.get(reader) ?? new VocabularyCounter(reader)
    this.vocabularies.set(reader, counter)
    return counter.read()
  }

  async fieldValues(session: string, path: readonly string[]): Promise<FieldValues | null> {
    const reader = await this.open(session)
    return reader ? this.values.read(reader, path) : null
  }

  async valuesFrom(session: string, field: FieldName, typed: string): Promise<FoundValues | null> {
    const reader = await this.open(session)
    return reader ? this.valuesSought.read(reader, field, typed, () => this.delegate.searching()) : null
  }

  async seqOfEvent(session: string, id: string): Promise<number> {
    const reader = await this.open(session)
    return (reader && seqsOfIds(reader, [id]).get(id)) ?? -1
  }

  async density(request: DensityRequest): Promise<Density | null> {
    const reader = await this.open(request.session)
    if (!reader) return null
    const counter = this.densities.get(reader) ?? new DensityCounter(reader)
    this.densities.set(reader, counter)
    return this.delegate.meter.measure(() => counter.count(request))
  }

  async fields(session: string): Promise<TypeFacts[]> {
    const reader = await this.open(session)
    if (!reader) return []
    const learner = this.learners.get(reader) ?? new Learner(reader)
    this.learners.set(reader, learner)
    return learner.facts()
  }

  async keyframes(session: string): Promise<KeyframeInfo[]> {
    const reader = await this.open(session)
    return (reader?.keyframes ?? []).map(keyframe => {
      const { json, ...rest } = keyframe
      return { key: keyOf(keyframe), ...rest, bytes: json.length }
    })
  }

  async keyframe(session: string, key: string): Promise<string | null> {
    const reader = await this.open(session)
    return reader?.keyframes.find(keyframe => keyOf(keyframe) === key)?.json ?? null
  }
}

/** Names a keyframe: no two of a session have the same name, and a restart does not change it. */
function keyOf({ producer, afterN, take, time, state, why }: LogReader['keyframes'][number]) {
  return [producer, afterN, take, time, why, state].join('|')
}
