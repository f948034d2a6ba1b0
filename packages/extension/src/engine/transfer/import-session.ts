import { Intervals } from '@playhead/shared/log/intervals'
import type { Gap } from '@playhead/shared/model/gap'
import { parseEventId } from '@playhead/shared/model/id'
import type { Keyframe, ProducerInfo, SessionInfo } from '@playhead/shared/model/session'
import type { Batch } from '@playhead/shared/wire/columns'
import type { TakeRange } from '../log/import-log'
import type { SessionImporter } from '../storage/import-writer'
import { EventBatches } from './event-batches'
import { eventSchema, gapSchema, type ParsedSession, parsePart, sessionSchema, snapshotSchema } from './file-schema'
import { FileError } from './json-grammar'
import { SessionReader, type SessionSink } from './read-session'

export interface ImportTarget {
  /** The session of that id, if it is here already. */
  find(session: string): Promise<SessionInfo | undefined>
  open(session: SessionInfo): Promise<SessionImporter>
}

export interface ImportOptions {
  onDuplicate: 'ask' | 'replace' | 'copy'
  /** Makes the id of a copy. */
  newId: () => string
  signal: AbortSignal
  progress: (done: { events: number; bytes: number }) => void
}

/** Thrown where the user must say what to do with a session that is here already. */
export class DuplicateSession extends Error {
  constructor(readonly session: SessionInfo) {
    super('the session is here already')
  }
}

/** Throws FileError or DuplicateSession; then nothing was changed. */
export async function importSession(file: Blob, target: ImportTarget, options: ImportOptions) {
  const events: Pending = []
  const sink = new Collector(events)
  const reader = new SessionReader(sink)
  let importer: SessionImporter | undefined
  let count = 0
  let bytes = 0
  try {
    const stream = file.stream().getReader()
    for (;;) {
      if (options.signal.aborted) throw new FileError('cancelled')
      const { done, value } = await stream.read()
      if (done) break
      reader.write(value)
      bytes += value.length
      if (sink.info && !importer && (sink.eventsBegun || events.length)) {
        importer = await begin(sink.info, target, options)
      }
      if (importer) count += await drain(events, importer)
      options.progress({ events: count, bytes })
    }
    reader.end()
    sink.finish()
    if (!sink.info) throw new FileError('"session" is missing')
    importer ??= await begin(sink.info, target, options)
    count += await drain(events, importer)
    const session = await importer.commit()
    return { session, events: count }
  } catch (error) {
    await importer?.abort()
    throw error
  }
}

type Pending = (Batch | { gap: Gap } | { keyframe: Keyframe } | { range: TakeRange })[]

async function drain(pending: Pending, importer: SessionImporter): Promise<number> {
  let events = 0
  for (const item of pending.splice(0)) {
    if ('gap' in item) importer.gap(item.gap)
    else if ('keyframe' in item) importer.keyframe(item.keyframe)
    else if ('range' in item) importer.takeRange(item.range)
    else {
      await importer.batch(item)
      events += item.count
    }
  }
  return events
}

async function begin(session: SessionInfo, target: ImportTarget, options: ImportOptions): Promise<SessionImporter> {
  const here = await target.find(session.id)
  if (here && options.onDuplicate === 'ask') throw new DuplicateSession(here)
  const copy = here && options.onDuplicate === 'copy'
  return target.open(copy ? { ...session, id: options.newId(), name: `${session.name || 'session'} (copy)` } : session)
}

/** Checks each part of the file and turns it into what the log takes. */
class Collector implements SessionSink {
  info: SessionInfo | undefined
  eventsBegun = false
  private readonly producers = new Map<string, ProducerInfo>()
  private readonly numbers = new Map<string, Intervals>()
  private readonly batches: EventBatches

  constructor(private readonly pending: Pending) {
    this.batches = new EventBatches(
      producer => this.producers.get(producer)?.attachments ?? [],
      batch => pending.push(batch),
    )
  }

  session(raw: unknown): void {
    const value: ParsedSession = parsePart(sessionSchema, raw)
    const started = Date.parse(value.started)
    const { producers } = value
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
      updated: started,
      ended: true,
      imported: true,
      recovered: false,
      producers,
      marks: value.marks.map(({ data, ...mark }) => ({ ...mark, ...(data && { data: data.text }) })),
      takes: value.takes.map(({ from: _from, to: _to, ...take }) => take),
      events: 0,
      missing: 0,
      bytes: 0,
      ...present({ browser: value.browser, about: value.about, tags: value.tags, note: value.note }),
    }
  }

  snapshot(value: unknown): void {
    const { value: json, ...rest } = parsePart(snapshotSchema, value)
    this.known(rest.producer)
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

  event(value: unknown): void {
    this.eventsBegun = true
    const event = parsePart(eventSchema, value)
    const id = parseEventId(event.id)
    if (!id) throw new Error('id: not an event id')
    if (id.n <= this.known(id.producer).base) throw new Error(`id: ${event.id} is before the base of its producer`)
    if (!this.isNew(id.producer, id.n, id.n)) throw new Error(`id: ${event.id} comes twice, or is in a gap`)
    this.batches.add(event)
  }

  finish(): void {
    this.batches.flush()
  }

  /** The first to speak of these numbers. */
  private isNew(producer: string, fromN: number, toN: number): boolean {
    const seen = this.numbers.get(producer) ?? new Intervals()
    this.numbers.set(producer, seen)
    return seen.add(fromN, toN) === toN - fromN + 1
  }

  private known(producer: string): ProducerInfo {
    const info = this.producers.get(producer)
    if (!info) throw new Error(`producer ${producer} is not among session.producers`)
    return info
  }
}

/** Members that have a value. */
function present<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}
