import { CAUSE_KINDS, flagNames, KINDS, LEVELS, type Level } from '@playhead/shared/model/event'
import { type EventId, eventId, parseEventId } from '@playhead/shared/model/id'
import { revive } from '@playhead/shared/values/revive'
import { decodeBatch } from '@playhead/shared/wire/batch-decode'
import type { Batch, LateFact } from '@playhead/shared/wire/columns'
import type { History, HistoryEvent, HistoryQuery } from '../api/history'
import type { KeptBatch } from '../journal/buffer'
import { warnOnce } from '../page/natives'
import { matcher } from './query'
import type { HistorySource } from './source'

const decoder = new TextDecoder()

/**
 * Makes the functions that look back over the buffer. Between calls it keeps the decoded columns of batches that are still in the buffer,
 * and nothing else.
 */
export function createHistory(source: HistorySource): History {
  const decoded = new WeakMap<KeptBatch, Batch>()

  const batches = (): Batch[] =>
    source.batches().flatMap(kept => {
      let batch = decoded.get(kept)
      try {
        if (!batch) decoded.set(kept, (batch = decodeBatch(kept.data())))
      } catch (error) {
        warnOnce('history leaves out a batch that cannot be read', error)
        return []
      }
      return batch
    })

  const find = (id: EventId, all: Batch[]): { batch: Batch; row: number } | undefined => {
    const wanted = parseEventId(id)
    if (wanted?.producer !== source.producer) return undefined
    for (const batch of all) {
      const row = batch.count > 0 ? wanted.n - (batch.n[0] as number) : -1
      if (row >= 0 && batch.n[row] === wanted.n) return { batch, row }
    }
    return undefined
  }

  const getEvents = (query: HistoryQuery = {}): HistoryEvent[] => {
    const matches = matcher(query)
    const found: HistoryEvent[] = []
    const all = batches()
    const late = lateFacts(all)
    for (const batch of all.reverse()) {
      const names = namesOf(batch)
      for (let row = batch.count - 1; row >= 0; row--) {
        if (found.length >= (query.limit ?? Number.POSITIVE_INFINITY)) return found.reverse()
        const event = read(batch, row, names, late)
        if (matches(event)) found.push(event)
      }
    }
    return found.reverse()
  }

  const getEvent = (id: EventId): HistoryEvent | undefined => {
    const all = batches()
    const place = find(id, all)
    return place && read(place.batch, place.row, namesOf(place.batch), lateFacts(all))
  }

  return safe({
    getEvents,
    getEvent,
    causes(id) {
      const chain: HistoryEvent[] = []
      const seen = new Set<EventId>([id])
      let event = getEvent(id)
      while (event?.cause !== undefined && !seen.has(event.cause)) {
        seen.add(event.cause)
        event = getEvent(event.cause)
        if (event) chain.push(event)
      }
      return chain
    },
    effects(id) {
      const wanted = parseEventId(id)
      const own = wanted?.producer === source.producer ? wanted.n : 0
      const found: HistoryEvent[] = []
      const all = batches()
      const late = lateFacts(all)
      for (const batch of all) {
        const also = new Set(batch.moreCauses.filter(cause => cause.id === id).map(cause => cause.row))
        const names = namesOf(batch)
        for (let row = 0; row < batch.count; row++) {
          if ((own > 0 && batch.causeN[row] === own) || also.has(row)) found.push(read(batch, row, names, late))
        }
      }
      return found
    },
    statistics() {
      const byType: Record<string, number> = Object.create(null)
      const bySource: Record<string, number> = Object.create(null)
      const byLevel = Object.fromEntries(LEVELS.map(level => [level, 0])) as Record<Level, number>
      let kept = 0
      let from = 0
      let to = 0
      let bytes = 0
      for (const kept of source.batches()) bytes += kept.bytes
      for (const batch of batches()) {
        const names = namesOf(batch)
        for (let row = 0; row < batch.count; row++) {
          if (kept++ === 0) from = batch.time[row] as number
          to = batch.time[row] as number
          count(byType, names.type(row))
          count(bySource, names.source(row))
          byLevel[LEVELS[batch.level[row] as number] as Level]++
        }
      }
      const { emitted, missing, artifacts } = source
      return { emitted, kept, missing, bytes, artifacts, from, to, byType, bySource, byLevel }
    },
  })

  function read(batch: Batch, row: number, names: RowNames, late: LateFacts): HistoryEvent {
    const n = batch.n[row] as number
    const fact = late.get(n)
    const start = row === 0 ? 0 : (batch.payloadEnds[row - 1] as number)
    const causeN = batch.causeN[row] as number
    const elsewhere = causeN === 0 ? batch.moreCauses.find(cause => cause.row === row)?.id : undefined
    let payload: unknown
    let parsed = false
    return {
      id: eventId(source.producer, n),
      n,
      time: batch.time[row] as number,
      type: names.type(row),
      source: names.source(row),
      kind: KINDS[batch.kind[row] as number] as HistoryEvent['kind'],
      level: LEVELS[batch.level[row] as number] as Level,
      flags: flagNames((batch.flags[row] as number) | (fact?.flags ?? 0)),
      take: batch.take[row] as number,
      cause: causeN > 0 ? eventId(source.producer, causeN) : elsewhere,
      causeKind: CAUSE_KINDS[batch.causeKind[row] as number] as HistoryEvent['causeKind'],
      duration: fact ? fact.duration : (batch.duration[row] as number),
      // A payload is parsed when it is first read: a query looks at most events by their columns only.
      get payload() {
        if (!parsed) {
          parsed = true
          const text = decoder.decode(batch.text.subarray(start, batch.payloadEnds[row]))
          payload = orElse(() => revive(text).value, undefined)
        }
        return payload
      },
    }
  }
}

/** Durations and flags that were known only after the batch of an event was closed, by the event's number. */
type LateFacts = ReadonlyMap<number, LateFact>

function lateFacts(batches: readonly Batch[]): LateFacts {
  return new Map(batches.flatMap(({ late }) => late.map(fact => [fact.n, fact])))
}

interface RowNames {
  type(row: number): string
  source(row: number): string
}

function namesOf(batch: Batch): RowNames {
  const types = new Map(batch.meta.types)
  const sources = new Map(batch.meta.sources)
  return {
    type: row => types.get(batch.type[row] as number) ?? '',
    source: row => sources.get(batch.source[row] as number) ?? '',
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}

/** Runs `run`; what it throws is reported, and `otherwise` stands in its place. */
function orElse<R>(run: () => R, otherwise: R): R {
  try {
    return run()
  } catch (error) {
    warnOnce('history could not answer', error)
    return otherwise
  }
}

/** The same functions, of which none throws into the app, whatever it asks for. */
function safe({ getEvents, getEvent, causes, effects, statistics }: History): History {
  const nothing = { ...{ emitted: 0, kept: 0, missing: 0, bytes: 0, from: 0, to: 0 }, byType: {}, bySource: {} }
  const byLevel = Object.fromEntries(LEVELS.map(level => [level, 0])) as Record<Level, number>
  const artifacts = { kept: 0, bytes: 0, lost: 0 }
  return {
    getEvents: query => orElse(() => getEvents(query ?? {}), []),
    getEvent: id => orElse(() => getEvent(id), undefined),
    causes: id => orElse(() => causes(id), []),
    effects: id => orElse(() => effects(id), []),
    statistics: () => orElse(statistics, { ...nothing, byLevel, artifacts }),
  }
}
