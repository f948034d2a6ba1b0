import { Flag } from '@playhead/shared/model/event'
import { type EventId, MAX_N, type ProducerId } from '@playhead/shared/model/id'
import type { Keyframe, Mark } from '@playhead/shared/model/session'
import type { PageColumn, RowValues } from '@playhead/shared/wire/column-table'
import { Limits } from '@playhead/shared/wire/limits'
import type { Transform } from '../api/options'
import { Encoder } from '../encoder/encoder'
import { Keys } from '../encoder/keys'
import { more } from '../encoder/more'
import { now, warnOnce } from '../page/natives'
import { redactRule } from '../redaction/redact'
import { argsIn, LONG_PAYLOAD, readUntracked } from './app-code'
import { Attachments } from './attachments'
import { BatchMemory } from './batch-memory'
import { DispatchStack, explicitCauses, UNKNOWN } from './causality'
import { type Decision, type Policy, typeFilter } from './decisions'
import { type Name, NameRegistry, use } from './name-registry'
import { BATCH_ROWS, BATCH_TEXT, type Rows } from './rows'
import type { JournalSettings } from './settings'
import { Unseen } from './unseen'

/** A keyframe of more characters than this gets a batch of its own. */
const LONG_KEYFRAME = 64 * 1024

/**
 * Records events, from the call to the buffer. It knows nothing of links and adapters.
 *
 *     append(decision, source, via, payload)
 *       │  clock ─▶ schema ─▶ encode the payload ─▶ number n ─▶ cause, from the stack of dispatches
 *       ▼
 *     open batch   columns   row 0 │ row 1 │ … │ row count−1                 one row an event, n = firstN + row
 *                  text      payload 0 │ payload 1 │ …                       the encoder's buffer; payloadEnds tells the parts
 *                  beside    keyframes, marks, late durations
 *       │  close, when 256 rows or 240 kB of text are full, after 16 ms where a panel listens, or when somebody wants to read it
 *       ▼
 *     memory       the buffer of closed batches, which gives the memory of those that it lets go back for new ones
 *
 * An event gets its number before its handlers run, so that what they emit can name it as the cause. When they have run, `finish` writes
 * the duration into the row; where the batch was closed meanwhile, the duration follows in the next batch as a late fact.
 * Encoding runs the app's code where a payload holds a Proxy. What that code emits is not recorded (`busy`), or it would not end. An error in
 * here loses one event and never reaches the app; row and number are taken back then.
 */
export class Journal {
  readonly keys: Keys
  readonly policy: Policy
  readonly sources = new NameRegistry()
  readonly stack: DispatchStack
  readonly memory: BatchMemory
  readonly attachments = new Attachments()
  readonly unseen = new Unseen()
  /** What the app's own values are written as. */
  readonly transforms: Transform[] = []
  /** The highest number given to an event. */
  emitted = 0
  /** When the last event was appended, in ms on the producer's clock. */
  time = 0
  /** The take of what is recorded now: 0 for the recording. */
  take = 0
  /** Tells the take of one event, while inputs have another take than the rest; undefined: all have `take`. */
  takeOf: ((input: boolean) => number) | undefined
  /** Depth of the stack at which what is emitted is a step of the replay; −1 outside a step. */
  stepDepth = -1
  /** Called when a batch gets its first row, so that somebody closes it in time. */
  onFirstRow: () => void = () => {}
  /** Called when the open batch was full and went into the buffer. */
  onFull: () => void = () => {}
  /** The open batch is full with so many rows. */
  closeAt = BATCH_ROWS

  private readonly encoder: Encoder
  private readonly untracked: JournalSettings['untracked']
  private open: Rows
  /** The number of the open batch; batches count from 1. */
  private batch = 1
  /** The first number that was not recorded since the panel paused; 0 while it records. */
  pausedFrom = 0
  /** A payload is being read: what the app's code emits meanwhile is not recorded. */
  busy = false

  constructor(
    readonly producer: ProducerId,
    settings: JournalSettings,
  ) {
    this.keys = new Keys(redactRule(settings.redact), settings.facets)
    this.policy = {
      types: new NameRegistry(),
      passes: typeFilter(settings.include, settings.exclude),
      level: settings.level,
      version: 0,
    }
    this.stack = new DispatchStack(producer)
    this.memory = new BatchMemory(settings)
    const { limits, untracked } = settings
    this.encoder = new Encoder(this.keys, limits, BATCH_TEXT, Limits.eventBytes, this.transforms)
    this.encoder.untracked = untracked !== undefined
    this.untracked = untracked
    this.encoder.facetStride = BATCH_ROWS
    this.open = this.memory.takeRows()
    this.fill(this.open)
  }

  /**
   * Records one event and returns its number; 0 where it was not recorded, because the app's code (a Proxy's trap) emitted it while another
   * payload was being read.
   */
  append(decision: Decision, source: Name, via: number, payload: unknown): number {
    return this.write(decision.type, decision.level, decision.kind, decision.flags, source, via, payload, undefined)
  }

  /** Does what `append` does, with each part given apart. `via` is the number of the attachment, 0: none. Never throws. */
  write(
    type: Name,
    level: number,
    kind: number,
    given: number,
    source: Name,
    via: number,
    payload: unknown,
    causedBy: readonly EventId[] | undefined,
  ): number {
    if (this.busy || this.emitted >= MAX_N) return 0
    const time = now()
    this.time = time
    if (this.pausedFrom > 0) return ++this.emitted
    // The validator is the app's code: it may emit.
    if (type.fits !== undefined && !readUntracked(this.untracked, type.fits, payload)) given |= Flag.misfit
    const { emitted, encoder, open, stack } = this
    const { columns } = open
    const row = open.count
    try {
      this.busy = true
      encoder.facetRow = row
      const start = encoder.pos
      if (this.untracked === undefined) encoder.encode(payload, type.id, time)
      else this.untracked(() => encoder.encode(payload, type.id, time))
      this.busy = false
      if (encoder.trail.wide || encoder.pos - start > LONG_PAYLOAD) more.strain?.(encoder, type.text, now() - time)
      const n = ++this.emitted
      let flags = given | encoder.flags
      if (source === this.sources.other) flags |= Flag.overflow
      if (stack.depth === this.stepDepth) flags |= Flag.input
      if (row === 0) {
        open.firstN = n
        this.onFirstRow()
      }
      // The record is only there for the compiler, which refuses it when a column of the page is not among the stores; nobody reads it.
      const stored = {
        take: (columns.take[row] = this.takeOf === undefined ? this.take : this.takeOf((flags & Flag.input) !== 0)),
        time: (columns.time[row] = time),
        type: (columns.type[row] = use(type, this.batch, open.types)),
        source: (columns.source[row] = use(source, this.batch, open.sources)),
        level: (columns.level[row] = level),
        kind: (columns.kind[row] = kind),
        flags: (columns.flags[row] = flags),
        via: (columns.via[row] = via),
        duration: (columns.duration[row] = 0),
        payloadEnds: (columns.payloadEnds[row] = encoder.pos),
        causeN: (columns.causeN[row] = 0),
        causeKind: (columns.causeKind[row] = UNKNOWN),
      }
      stored satisfies RowValues<PageColumn>
      if ((flags & Flag.input) === 0) {
        if (causedBy !== undefined) explicitCauses(open, row, causedBy, this.producer)
        else {
          columns.causeN[row] = stack.n
          columns.causeKind[row] = stack.kind
          if (stack.elsewhere !== '') open.moreCauses.push({ row, id: stack.elsewhere, kind: stack.kind })
        }
      }
      if (encoder.originalBytes > 0) open.originalSizes.push({ row, bytes: encoder.originalBytes })
      open.count = row + 1
      if (open.count >= this.closeAt || encoder.pos > BATCH_TEXT) {
        this.close()
        this.onFull()
      }
      return n
    } catch (error) {
      this.busy = false
      if (this.open === open && open.count === row) {
        this.emitted = emitted
        encoder.pos = row > 0 ? (columns.payloadEnds[row - 1] as number) : 0
      }
      warnOnce('an event could not be recorded', error)
      return 0
    }
  }

  /** Returns what the app's `payload` makes of an event's arguments; where it throws, the event is recorded as it is. */
  described(payload: (...args: unknown[]) => unknown, given: unknown): unknown {
    if (this.busy) return given
    this.busy = true
    try {
      return readUntracked(this.untracked, () => payload(...argsIn(given)), undefined)
    } catch (error) {
      warnOnce('payload() threw; the event is recorded as it is', error)
      return given
    } finally {
      this.busy = false
    }
  }

  /** Notes that the dispatch of event `n`, begun at `start`, is over. */
  finish(n: number, start: number, threw: boolean): void {
    const { open } = this
    // A test may set the clock back; the engine would refuse a batch with a negative duration.
    const duration = Math.max(now() - start, 0)
    const row = n - open.firstN
    if (open.count > 0 && row >= 0) {
      if (row >= open.count) return
      open.columns.duration[row] = duration
      if (threw) open.columns.flags[row]! |= Flag.threw
    } else if ((duration > 0 || threw) && (this.pausedFrom === 0 || n < this.pausedFrom)) {
      try {
        if (open.late.length >= BATCH_ROWS) this.close()
        this.open.late.push({ n, duration, flags: threw ? Flag.threw : 0 })
      } catch (error) {
        warnOnce('the duration of an event could not be recorded', error)
      }
    }
  }

  addKeyframe(state: string, json: string, why: Keyframe['why']): void {
    const alone = json.length > LONG_KEYFRAME
    if (alone) this.close()
    this.open.keyframes.push({
      producer: this.producer,
      afterN: this.emitted,
      take: this.take,
      time: now(),
      state,
      json,
      why,
    })
    if (alone) this.close()
  }

  addMark(kind: Mark['kind'], name: string, data: string | undefined, time = now(), afterN = this.emitted): void {
    const mark: Mark = {
      time,
      kind: String(kind).slice(0, 16) as Mark['kind'],
      name: name.slice(0, Limits.name),
      producer: this.producer,
      afterN,
    }
    if (data !== undefined) mark.data = data
    this.open.marks.push(mark)
    if (this.open.marks.length >= BATCH_ROWS) this.close()
  }

  /** Returns a value as tagged JSON text; undefined while a payload is being read. */
  text(value: unknown): string | undefined {
    if (this.busy) return undefined
    const { encoder } = this
    const start = encoder.pos
    const values = encoder.facetValues
    this.busy = true
    encoder.facetValues = undefined
    encoder.encode(value, 0)
    encoder.facetValues = values
    this.busy = false
    const text = decoder.decode(encoder.buf.subarray(start, encoder.pos))
    encoder.pos = start
    return text
  }

  /** Moves the open batch into the buffer. */
  close(): void {
    const { open, encoder } = this
    if (this.busy || open.empty) return
    const { count, firstN } = open
    open.text = encoder.buf.subarray(0, encoder.pos)
    open.meta = {
      producer: this.producer,
      batch: this.batch++,
      emitted: this.emitted,
      types: open.types,
      sources: open.sources,
      attachments: this.attachments.infos,
    }
    this.fill(this.memory.keep(open, count > 0 ? firstN + count - 1 : this.emitted, now()))
  }

  /** Returns a number for a batch that is made elsewhere. */
  nextBatch(): number {
    return this.batch++
  }

  /** The number of the first event of the open batch; 0 where it has none. */
  get openN(): number {
    return this.open.count > 0 ? this.open.firstN : 0
  }

  private fill(rows: Rows): void {
    this.open = rows
    this.encoder.pos = 0
    if (rows.facetValues.length > 0) this.encoder.facetValues = rows.facetValues
  }
}

const decoder = new TextDecoder()
