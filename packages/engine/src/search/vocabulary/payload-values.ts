import { RECORDING } from '@playhead/shared/model/event'
import type { FieldValues } from '../../contract/vocabulary'
import { payloadRange } from '../../log/event-row'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'
import { ByteFinder } from '../terms/bytes'
import { keyText } from '../terms/payload-test'
import { FieldCounts } from './field-counts'

/** Chunks that are read for one field, at most. */
const MOST_CHUNKS = 24
/** Payloads that are parsed for one field, at most. */
const MOST_READ = 30_000

/**
 * Counts the values of a payload field in a sample of the session: chunks spread evenly over it, the newest first, and in these the
 * payloads in whose text the field's key occurs. A question about another field ends the one under way.
 */
export class PayloadValues {
  private asked = 0

  /** Counts the values at `path`, a list of keys. Resolves with null when another field was asked for meanwhile. */
  async read(reader: LogReader, path: readonly string[]): Promise<FieldValues | null> {
    const asked = ++this.asked
    const field = new FieldCounts(path)
    // The index of an array's element is not written in the text. If the path has nothing but indexes, every payload is parsed.
    const key = new ByteFinder(path.flatMap(keyText).at(-1) ?? '', false)
    const turns = new Turns()
    const sample = sampleOf(reader.chunks)
    let all = sample.length === reader.chunks.length
    for (const chunk of sample) {
      const text = chunk.text ?? (await reader.loadText(chunk).catch(() => undefined))
      if (asked !== this.asked) return null
      if (!text) continue
      for (let row = chunk.count - 1; row >= chunk.firstRow; row--) {
        if (field.read >= MOST_READ) break
        const [start, end] = payloadRange(chunk, row)
        if (chunk.take[row] === RECORDING && start < end && key.in(text, start, end)) field.look(text, start, end)
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

/** The newest chunk and others, evenly spread over the session, the newest first. */
function sampleOf(chunks: readonly LogChunk[]): LogChunk[] {
  const count = Math.min(MOST_CHUNKS, chunks.length)
  return Array.from(
    { length: count },
    (_, i) => chunks[chunks.length - 1 - Math.floor((i * chunks.length) / count)] as LogChunk,
  )
}
