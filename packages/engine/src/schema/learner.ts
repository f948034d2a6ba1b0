import { Flag, RECORDING } from '@playhead/shared/model/event'
import type { TypeFacts } from '../contract/vocabulary'
import { payloadRange } from '../log/event-row'
import type { LogChunk, LogReader } from '../log/reader'
import { nextTask } from '../tasks/next-task'
import { TypeFields } from './fields'

/** Payloads at the beginning of each type that are all read. */
const ALL = 100
/** Of later payloads, one of so many is read, so that a million events take a fraction of a second. */
const ONE_OF = 32
/** ms of work after which other tasks of the thread get their turn. */
const SLICE = 8
/** Types that are learned, at most; events of others are not in the answer. */
const MOST_TYPES = 500
/** Payloads of a type that were read without a field before the field counts as new. */
const SETTLED = 20

const decoder = new TextDecoder()

interface TypeSample {
  /** Events of the type met so far; it decides whose payload is read. */
  events: number
  fields: TypeFields
}

/**
 * Learns from a session's recording what the payloads of each event type look like: which fields they have, and of which kinds. It reads a
 * sample of the payloads. Each question reads on from where the one before ended, so that live events are learned once.
 */
export class Learner {
  /** What was learned, by name of the type. */
  private readonly known = new Map<string, TypeSample>()
  /** seq of the first event that was not yet looked at. */
  private nextSeq = 0
  private learning: Promise<void> | undefined

  constructor(private readonly reader: LogReader) {}

  /** Reads up to the end of the log, then returns what is known: the most frequent types first, each with its fields by path. */
  async facts(): Promise<TypeFacts[]> {
    this.learning ??= this.learn().finally(() => {
      this.learning = undefined
    })
    await this.learning
    const { events, misfits } = this.count()
    return [...this.known]
      .flatMap(([type, known]) => {
        const count = events.get(type) ?? 0
        return count > 0 ? [{ type, events: count, misfits: misfits.get(type) ?? 0, ...factsOf(known) }] : []
      })
      .sort((a, b) => b.events - a.events)
  }

  /**
   * Counts events, and those that did not fit their registered shape, by type, among the visible events that were looked at. Evicted
   * events are not counted, though the fields learned from them are kept.
   */
  private count(): Record<'events' | 'misfits', Map<string, number>> {
    const { chunks, types } = this.reader
    const events = new Float64Array(types.length)
    const misfits = new Float64Array(types.length)
    for (const { firstSeq, firstRow, count, take, type, flags } of chunks) {
      const end = Math.min(count, this.nextSeq - firstSeq)
      for (let row = firstRow; row < end; row++) {
        if (take[row] !== RECORDING) continue
        const id = type[row] as number
        events[id]!++
        if (((flags[row] as number) & Flag.misfit) !== 0) misfits[id]!++
      }
    }
    const byName = (counts: Float64Array) => new Map(types.map((name, id) => [name, counts[id] as number]))
    return { events: byName(events), misfits: byName(misfits) }
  }

  private async learn(): Promise<void> {
    const { reader } = this
    const end = reader.endSeq
    let until = performance.now() + SLICE
    // Chunks may be added and evicted during each await, so that the next one is looked up by seq and not by its place in the list.
    for (let chunk = this.chunkFrom(); chunk && this.nextSeq < end; chunk = this.chunkFrom()) {
      const text = await reader.loadText(chunk).catch(() => undefined)
      const to = Math.min(chunk.count, end - chunk.firstSeq)
      for (let row = Math.max(chunk.firstRow, this.nextSeq - chunk.firstSeq); row < to; row++) {
        if (chunk.take[row] === RECORDING) this.read(chunk, row, text)
        if (performance.now() > until) {
          this.nextSeq = chunk.firstSeq + row + 1
          await nextTask()
          until = performance.now() + SLICE
        }
      }
      this.nextSeq = chunk.firstSeq + to
    }
  }

  /** The first chunk with events that were not yet looked at. */
  private chunkFrom(): LogChunk | undefined {
    return this.reader.chunks.find(chunk => chunk.firstSeq + chunk.count > this.nextSeq)
  }

  /** Counts one event and, where it belongs to the sample, learns from its payload. `text` is undefined where the chunk's is lost. */
  private read(chunk: LogChunk, row: number, text: Uint8Array | undefined): void {
    const type = this.reader.types[chunk.type[row] as number] ?? ''
    let known = this.known.get(type)
    if (!known) {
      if (this.known.size >= MOST_TYPES) return
      known = { events: 0, fields: new TypeFields() }
      this.known.set(type, known)
    }
    if (text && (known.events < ALL || known.events % ONE_OF === 0)) {
      const [start, end] = payloadRange(chunk, row)
      known.fields.learn(decoder.decode(text.subarray(start, end)), chunk.firstSeq + row)
    }
    known.events++
  }
}

function factsOf({ fields }: TypeSample): Omit<TypeFacts, 'type' | 'events' | 'misfits'> {
  return {
    read: fields.read,
    others: fields.others,
    fields: [...fields.fields.values()]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, kinds, seen, firstSeq, after }) => ({
        ...{ path, kinds: [...kinds].sort(), seen, firstSeq },
        isNew: after >= SETTLED,
      })),
  }
}
