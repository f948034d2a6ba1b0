import { Intervals } from '@playhead/shared/log/intervals'
import type { Gap } from '@playhead/shared/model/gap'
import { eventId, parseEventId } from '@playhead/shared/model/id'
import type { Keyframe, ProducerInfo, SessionInfo } from '@playhead/shared/model/session'
import type { Batch } from '@playhead/shared/wire/columns'
import type { TakeRange } from '../log/import-log'
import { EventBatches } from './event-batches'
import { FileError } from './file-error'
import {
  artifactSchema,
  eventSchema,
  gapSchema,
  type ParsedSession,
  parsePart,
  sessionSchema,
  snapshotSchema,
} from './file-schema'
import type { SessionSink } from './session-parts'

/** What the log is to take in, in the order of the file. */
export type Pending = (
  | Batch
  | { artifact: { ref: string; bytes: Uint8Array<ArrayBuffer> } }
  | { gap: Gap }
  | { keyframe: Keyframe }
  | { range: TakeRange }
)[]

/**
 * Checks each part of a file against its schema and the parts before it, and turns it into what the log takes. Every method throws an error
 * for the user when its part cannot be taken in.
 */
export class Collector implements SessionSink {
  /** What the file says of its session; undefined until it was read. */
  info: SessionInfo | undefined
  /** An event was met, good or bad. */
  eventsBegun = false
  /** Artifacts whose bytes are not in the file. */
  artifactsLeftOut = 0
  private readonly producers = new Map<string, ProducerInfo>()
  /** The numbers of events and gaps that were taken in, by producer. */
  private readonly numbers = new Map<string, Intervals>()
  private readonly batches: EventBatches
  /** When a session comes in several files: the one that is being read, and the numbers that it brought. */
  private part: { name: string; numbers: Map<string, Intervals> } | undefined
  /** Keys of the snapshots of all files, when there are several. */
  private readonly snapshots = new Set<string>()

  /** `pending` gets what the log is to take in; the caller empties it from time to time. */
  constructor(private readonly pending: Pending) {
    this.batches = new EventBatches(
      producer => this.producers.get(producer)?.attachments ?? [],
      batch => pending.push(batch),
    )
  }

  session(raw: unknown): void {
    const value: ParsedSession = parsePart(sessionSchema, raw)
    const started = Date.parse(value.started)
    const { producers, browser, excerpt, about, schemas, descriptions, tags, note, bookmarks } = value
    for (const producer of producers) this.producers.set(producer.id, producer)
    for (const mark of value.marks) this.known(mark.producer)
    for (const { take, from, to } of value.takes) {
      for (const id of [from, to]) if (id !== undefined) this.known(parseEventId(id)?.producer ?? '')
      if (from !== undefined || to !== undefined) this.pending.push({ range: { take, from, to } })
    }
    this.info = {
      id: value.id,
      name: value.name,
      origin: value.origin,
      url: value.url,
      title: value.title,
      app: value.app,
      tab: '',
      started,
      // The time of the import: retention, which removes the session that was updated least recently, must not take it first.
      updated: Date.now(),
      ended: true,
      imported: true,
      recovered: false,
      producers,
      marks: value.marks.map(({ data, ...mark }) => ({ ...mark, ...(data && { data: data.text }) })),
      takes: value.takes.map(({ from: _from, to: _to, ...take }) => take),
      events: 0,
      missing: 0,
      bytes: 0,
      ...present({ browser, excerpt, about, schemas, descriptions, tags, note, bookmarks }),
    }
  }

  /** To be called before the parts of the next file, when a session comes in several. */
  beginPart(name: string): void {
    this.part = { name, numbers: new Map() }
  }

  snapshot(value: unknown): void {
    const { value: json, ...rest } = parsePart(snapshotSchema, value)
    this.known(rest.producer)
    if (this.part) {
      // Each file may begin with all snapshots so far.
      const key = JSON.stringify(rest)
      if (this.snapshots.has(key)) return
      this.snapshots.add(key)
    }
    this.pending.push({ keyframe: { ...rest, json: json.text } })
  }

  gap(value: unknown): void {
    const gap = parsePart(gapSchema, value)
    if (gap.toN < gap.fromN) throw new Error('toN is below fromN')
    if (gap.fromN <= this.known(gap.producer).base) throw new Error('fromN is before the base of its producer')
    if (!this.isNew(gap.producer, gap.fromN, gap.toN))
      throw new Error('some of its events are there, or in another gap')
    this.pending.push({ gap: { ...gap, count: gap.toN - gap.fromN + 1 } })
  }

  artifact(value: unknown): void {
    const { ref, base64 } = parsePart(artifactSchema, value)
    if (base64 === undefined) {
      this.artifactsLeftOut++
      return
    }
    this.pending.push({ artifact: { ref, bytes: bytesOf(base64) } })
  }

  event(value: unknown): void {
    this.eventsBegun = true
    const event = parsePart(eventSchema, value)
    const id = parseEventId(event.id)
    if (!id) throw new Error('id: not an event id')
    if (id.n <= this.known(id.producer).base) throw new Error(`id: ${event.id} is before the base of its producer`)
    if (!this.isNew(id.producer, id.n, id.n)) throw new Error(`id: ${event.id} comes twice, or is in a gap`)
    this.batches.add(event)
  }

  /** Events that were read and not taken from `pending`, including those that are not in a batch yet. */
  get waiting(): number {
    return this.pending.reduce((sum, item) => sum + ('meta' in item ? item.count : 0), this.batches.waiting)
  }

  /** Makes a batch of the last events. */
  finish(): void {
    this.batches.flush()
  }

  /** Notes these numbers and returns whether all of them are new. Throws when another file of the same session brought some of them. */
  private isNew(producer: string, fromN: number, toN: number): boolean {
    const isNew = add(this.numbers, producer, fromN, toN)
    if (this.part) {
      const isNewHere = add(this.part.numbers, producer, fromN, toN)
      if (!isNew && isNewHere) {
        const id = eventId(producer, fromN)
        throw new FileError(`the files overlap: event ${id} is in this one and in an earlier one`, '', true)
      }
    }
    return isNew
  }

  /** The producer as the session described it. Throws when it did not. */
  private known(producer: string): ProducerInfo {
    const info = this.producers.get(producer)
    if (!info) throw new Error(`producer ${producer} is not among session.producers`)
    return info
  }
}

/** Notes numbers `fromN … toN` (inclusive) of a producer and returns whether none of them was noted before. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

function add(to: Map<string, Intervals>, producer: string, fromN: number, toN: number): boolean {
  const seen = to.get(producer) ?? new Intervals()
  to.set(producer, seen)
  return seen.add(fromN, toN) === toN - fromN + 1
}

/** The object without the members that are undefined. */
function present<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}
