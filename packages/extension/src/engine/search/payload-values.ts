import type { Comparison } from '@playhead/shared/filter/filter'
import { valueAt } from '@playhead/shared/filter/payload-test'
import { RECORDING } from '@playhead/shared/model/event'
import { escapeKey } from '@playhead/shared/values/tags'
import type { FieldValues } from '../contract'
import type { LogChunk, LogReader } from '../log/reader'
import { ByteFinder } from './bytes'
import { payloadRange } from './event-row'
import { Turns } from './turns'

/** Read for one field at most: chunks, spread over the whole session, and payloads that have its key. */
const MOST_CHUNKS = 24
const MOST_READ = 30_000
/** Different values counted, values told, characters of one, bytes of a payload that is read, steps of a path. */
const MOST_COUNTED = 5000
const MOST_TOLD = 100
const LONGEST = 200
const LARGEST = 32 * 1024
const MOST_STEPS = 32

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

type Value = Comparison['value']

/** What a field of payloads was seen to have, newest first as far as it goes. A question ends the one before. */
export class PayloadValues {
  private asked = 0

  /** Null: another field was asked for meanwhile. */
  async read(reader: LogReader, path: readonly string[]): Promise<FieldValues | null> {
    const asked = ++this.asked
    const field = new Field(path.slice(0, MOST_STEPS))
    const turns = new Turns()
    const sample = sampleOf(reader.chunks)
    let all = sample.length === reader.chunks.length
    for (const chunk of sample) {
      const text = chunk.text ?? (await reader.loadText(chunk).catch(() => undefined))
      if (asked !== this.asked) return null
      if (!text) continue
      for (let row = chunk.count - 1; row >= chunk.firstRow; row--) {
        if (field.read >= MOST_READ) break
        if (chunk.take[row] === RECORDING) field.look(text, ...payloadRange(chunk, row))
        if (!turns.due) continue
        await turns.next()
        if (asked !== this.asked) return null
      }
      if (field.read < MOST_READ) continue
      all = false
      break
    }
    return { values: field.told(), all: all && field.whole }
  }
}

class Field {
  /** Payloads that were parsed. */
  read = 0
  whole = true
  private readonly counts = new Map<Value, number>()
  private readonly key: ByteFinder

  constructor(private readonly path: readonly string[]) {
    // The index of an element is not written in the text: every payload may have it.
    const key = path.findLast(step => !/^\d+$/.test(step))
    this.key = new ByteFinder(key === undefined ? '' : `${JSON.stringify(escapeKey(key))}:`, false)
  }

  look(text: Uint8Array, start: number, end: number): void {
    if (start === end || !this.key.in(text, start, end)) return
    if (end - start > LARGEST) {
      this.whole = false
      return
    }
    this.read++
    let value: unknown
    try {
      value = valueAt(JSON.parse(decoder.decode(text.subarray(start, end))), this.path)
    } catch {
      return
    }
    if (isValue(value)) this.count(value)
  }

  private count(value: Value): void {
    const known = this.counts.get(value)
    if (known !== undefined) this.counts.set(value, known + 1)
    else if (this.counts.size < MOST_COUNTED && !(typeof value === 'string' && value.length > LONGEST))
      this.counts.set(value, 1)
  }

  /** Most frequent first. */
  told(): FieldValues['values'] {
    return [...this.counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || ordered(a.value, b.value))
      .slice(0, MOST_TOLD)
  }
}

function isValue(value: unknown): value is Value {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function ordered(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : 1
}

/** The newest chunk and others, evenly spread, newest first. */
function sampleOf(chunks: readonly LogChunk[]): LogChunk[] {
  const count = Math.min(MOST_CHUNKS, chunks.length)
  return Array.from(
    { length: count },
    (_, i) => chunks[chunks.length - 1 - Math.floor((i * chunks.length) / count)] as LogChunk,
  )
}
