import type { FileSession } from '@playhead/shared/file/format'
import { fileTime, isoTime } from '@playhead/shared/file/numbers'
import type { CauseKind } from '@playhead/shared/model/event'
import { eventId, MAX_N } from '@playhead/shared/model/id'
import { messageOf } from '@playhead/shared/values/message-of'
import { Limits } from '@playhead/shared/wire/limits'
import { FileBudget } from '../budgets'
import { FileError } from '../file-error'
import type { SessionSink } from '../session-parts'
import { RawJson } from '../value-builder'
import { idFrom } from './foreign-id'
import type { ForeignEvent, ForeignFormat, ForeignOut } from './format'

/** Events, and characters of their payloads, that wait to be brought into the order of time. */
const WINDOW = 1 << 16
const WINDOW_TEXT = 32 << 20
/** Events that other events may still name as their cause. */
const KEYS = 1 << 20
/** Spans of a lane that may be around an event. */
const NESTED = 1000

/** Epoch ms below which a time is none of a calendar but counts from something, as the start of a program. It is a day of 1973. */
const DATED = 1e11

interface Waiting {
  event: ForeignEvent
  at: number
  states: { name: string; json: string }[]
}

/**
 * Makes one session with one producer of the events that a reader of another program's format finds. Files are seldom in the order of
 * time, so the events wait in a window and leave it sorted, the older half at a time:
 *
 *     reader ─▶ window: 65,536 events, sorted ─▶ number n, causes by key or lane ─▶ sink
 *
 * The sink's session begins with the first that leaves. What comes later than its window is taken in out of order, and counted.
 */
export class ForeignSession implements ForeignOut {
  readonly warnings: string[] = []
  private waiting: Waiting[] = []
  private text = 0
  private readonly marks: { at: number; kind: 'navigation' | 'custom'; name: string }[] = []
  private facts: Parameters<ForeignOut['about']>[0] = {}
  private readonly left = new Map<string, number>()
  private readonly numbers = new Map<string, number>()
  private readonly lanes = new Map<string, { end: number; n: number }[]>()
  private producer = ''
  private started = 0
  private shift = 0
  private n = 0
  private last = Number.NEGATIVE_INFINITY
  private lastGiven = 0
  private givenAny = false

  constructor(
    private readonly format: ForeignFormat,
    private readonly sink: SessionSink,
    /** What the file is called, and epoch ms of its last change. */
    private readonly file: { name: string; modified: number },
    private readonly bad: (error: FileError) => void,
  ) {}

  event(event: ForeignEvent): void {
    if (this.n + this.waiting.length >= FileBudget.events)
      throw new FileError(`more than ${FileBudget.events} events`, '', true)
    if (event.at === undefined) this.leftOut(TIMELESS)
    const at = fileTime(event.at ?? this.lastGiven)
    this.lastGiven = at
    this.givenAny = true
    this.waiting.push({ event, at, states: [] })
    this.text += event.payload.length
    if (this.waiting.length >= WINDOW || this.text >= WINDOW_TEXT) this.release(this.waiting.length >> 1)
  }

  mark(mark: { at: number; kind: 'navigation' | 'custom'; name: string }): void {
    if (this.producer) this.leftOut('late marks')
    else this.marks.push(mark)
  }

  state(name: string, json: string): void {
    const owner = this.waiting.at(-1)
    if (owner) owner.states.push({ name, json })
    else this.leftOut('states without an event')
    this.text += json.length
  }

  about(facts: Parameters<ForeignOut['about']>[0]): void {
    this.facts = { ...this.facts, ...facts }
  }

  leftOut(what: string): void {
    this.left.set(what, (this.left.get(what) ?? 0) + 1)
  }

  warn(message: string): void {
    this.warnings.push(message)
  }

  /** Nothing was read yet. */
  get isEmpty(): boolean {
    return !this.givenAny
  }

  /** Lets go of all that wait. Throws FileError where there was nothing. */
  finish(): void {
    if (!this.givenAny) throw new FileError(`it is ${this.format.name}, but there is no event in it`, '', true)
    this.release(this.waiting.length)
    for (const [what, count] of this.left) {
      this.warnings.push(SAID[what]?.(count) ?? `${count.toLocaleString('en')} ${what} have no place in a session`)
    }
    if (this.shift) this.warnings.push('its times have no date: the session begins when the file was written')
  }

  private release(count: number): void {
    // Sorting is stable: events of one moment stay in the order of the file.
    this.waiting.sort((a, b) => a.at - b.at)
    const leaving = this.waiting.splice(0, Math.max(1, count))
    this.text = this.waiting.reduce((sum, { event }) => sum + event.payload.length, 0)
    if (!this.producer) this.begin(leaving)
    for (const item of leaving) {
      if (item.at < this.last) this.leftOut(DISORDER)
      else this.last = item.at
      try {
        this.take(item)
      } catch (error) {
        if (error instanceof FileError && error.fatal) throw error
        this.bad(new FileError(messageOf(error), `event ${this.n}`))
      }
    }
  }

  private begin(first: readonly Waiting[]): void {
    const { name, url = '', title = '', browser } = this.facts
    const earliest = first[0]?.at ?? 0
    this.shift = Math.abs(earliest) < DATED ? this.file.modified - earliest : 0
    this.started = Math.floor(earliest + this.shift)
    const id = idFrom(
      first.slice(0, 1000).map(({ event, at }) => ({ ...event, at })),
      this.format.name,
    )
    this.producer = id
    const title_ = (text: string) => text.slice(0, Limits.title)
    const address = url.slice(0, Limits.url)
    const session: Record<
      keyof Omit<FileSession, 'about' | 'excerpt' | 'schemas' | 'descriptions' | 'bookmarks' | 'tags'>,
      unknown
    > = {
      ...{
        id,
        name: title_(name ?? this.file.name),
        app: '',
        origin: originOf(address),
        url: address,
        title: title_(title),
      },
      ...{ started: isoTime(this.started), browser, note: `Imported from ${this.format.name}` },
      producers: [
        {
          ...{ id, name: title_(name ?? this.file.name), url: address, title: title_(title), context: 'top', sdk: '' },
          ...{ timeOrigin: this.started, offset: 0, base: 0, emitted: 0, attachments: [] },
        },
      ],
      takes: [{ take: 0, kind: 'recording', name: 'Recording', started: 0 }],
      marks: this.marks.map(({ at, kind, name }) => ({
        ...{
          time: fileTime(at) + this.shift - this.started,
          kind,
          name: name.slice(0, Limits.url),
          producer: id,
          afterN: 0,
        },
      })),
    }
    this.sink.session(session)
  }

  private take({ event, at, states }: Waiting): void {
    if (this.n >= MAX_N) throw new FileError('too many events', '', true)
    const n = ++this.n
    const t = at + this.shift - this.started
    const { type, source, level = 'action', kind = level, duration, payload, foreignId, facets } = event
    const from = typeof source === 'function' ? source() : source
    const causes = this.causesOf(event, at)
    this.sink.event({
      ...{
        id: eventId(this.producer, n),
        time: isoTime(at + this.shift),
        t,
        type: nameOf(type),
        source: nameOf(from),
        kind,
        level,
      },
      ...(causes.length > 0 && { causes }),
      ...(duration !== undefined && duration > 0 && { duration }),
      ...(facets && { facets: fitting(facets) }),
      ...(foreignId && { foreignId: foreignId.slice(0, 512) }),
      payload: new RawJson(payload),
    })
    for (const { name, json } of states)
      this.sink.snapshot({
        ...{ producer: this.producer, afterN: n, take: 0, time: t, state: nameOf(name), why: 'request' },
        value: new RawJson(json),
      })
    if (event.key !== undefined) {
      this.numbers.set(event.key, n)
      const [oldest] = this.numbers.size > KEYS ? this.numbers.keys() : []
      if (oldest !== undefined) this.numbers.delete(oldest)
    }
    if (event.lane !== undefined && duration) this.enter(event.lane, at + duration, n)
  }

  private causesOf({ causes = [], lane }: ForeignEvent, at: number): { id: string; kind: CauseKind }[] {
    const found = causes.slice(0, FileBudget.causes - 1).flatMap(({ key, kind }) => {
      const n = this.numbers.get(key)
      if (n === undefined) this.leftOut(CAUSELESS)
      return n === undefined ? [] : [{ id: eventId(this.producer, n), kind }]
    })
    const around = lane === undefined ? undefined : this.around(lane, at)
    return around ? [...found, { id: eventId(this.producer, around), kind: 'synchronous' }] : found
  }

  private around(lane: string, at: number): number | undefined {
    const spans = this.lanes.get(lane)
    while (spans?.length && (spans.at(-1)?.end ?? 0) <= at) spans.pop()
    return spans?.at(-1)?.n
  }

  private enter(lane: string, end: number, n: number): void {
    const spans = this.lanes.get(lane) ?? []
    this.lanes.set(lane, spans)
    if (spans.length < NESTED) spans.push({ end, n })
  }
}

const TIMELESS = 'without a time'
const DISORDER = 'out of order'
const CAUSELESS = 'causes'
const SAID: Record<string, (count: number) => string> = {
  [TIMELESS]: count => `${count.toLocaleString('en')} events have no time: they stand at the time of the one before`,
  [DISORDER]: count =>
    `${count.toLocaleString('en')} events come much later in the file than their time: they are out of order`,
  [CAUSELESS]: count => `${count.toLocaleString('en')} causes are not in the file`,
}

/** Only a place that replays go into has an origin: what comes from a file of another program is not replayed. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : ''
}

const nameOf = (text: string) => text.slice(0, Limits.name) || '(no name)'

/** Facets that a session may have. */
function fitting(facets: Record<string, string | number>): Record<string, string | number> {
  const kept = Object.entries(facets).filter(([, value]) => typeof value === 'string' || Number.isFinite(value))
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name.slice(0, Limits.name),
      typeof value === 'string' ? value.slice(0, Limits.facetText) : value,
    ]),
  )
}
