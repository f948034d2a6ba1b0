import { Flag, RECORDING } from '@playhead/shared/model/event'
import type { TypeFacts } from '../contract/vocabulary'
import { payloadRange } from '../log/event-row'
import type { LogChunk, LogReader } from '../log/reader'
import { nextTask } from '../tasks/next-task'
import { TypeFields } from './fields'

/** The first payloads of a type are all read, then one of so many: a million events take a fraction of a second. */
const ALL = 100
const ONE_OF = 32
/** ms of work before other tasks of the worker get their turn. */
const SLICE = 8
const MOST_TYPES = 500
/** A field is new when so many payloads of its type had been read without it. */
const SETTLED = 20

const decoder = new TextDecoder()

interface TypeSample {
  /** Seen, to know which to read. */
  events: number
  fields: TypeFields
}

/** What the payloads of each type look like, learned from the recording of one session. Asked again, it reads on where it was. */
export class Learner {
  private readonly known = new Map<string, TypeSample>()
  private nextSeq = 0
  private learning: Promise<void> | undefined

  constructor(private readonly reader: LogReader) {}

  /** Most frequent types first; fields by path. */
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

  /** Of the visible events up to where it read: what was learned from others stays, they are not counted. */
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
    // The list changes while text is waited for: the next chunk is looked up by its seq.
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

  private chunkFrom(): LogChunk | undefined {
    return this.reader.chunks.find(chunk => chunk.firstSeq + chunk.count > this.nextSeq)
  }

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
