import type { RelatedEvent } from '../../contract/event'
import { payloadRange, summary } from '../../log/event-row'
import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import { loadTexts } from './texts'

/** Chunks that are read from disk for summaries, at most: events of further chunks get an empty summary. */
const MAX_LOADS = 16

/** Reads these events briefly, in the order given. Those that are not in the log are left out. */
export async function readRelated(reader: LogReader, seqs: readonly number[]): Promise<RelatedEvent[]> {
  const summaries = await summariesOf(reader, seqs)
  return seqs.flatMap(seq => relatedEvent(reader, seq, summaries.get(seq) ?? ''))
}

/** The beginning of each event's payload, by seq. */
async function summariesOf(reader: LogReader, seqs: readonly number[]): Promise<Map<number, string>> {
  const chunks = new Set(seqs.flatMap(seq => chunkAt(reader, seq) ?? []))
  const cold = [...chunks].filter(chunk => !chunk.text).slice(MAX_LOADS)
  for (const chunk of cold) chunks.delete(chunk)
  const texts = await loadTexts(reader, chunks)
  const summaries = new Map<number, string>()
  for (const seq of seqs) {
    const chunk = chunkAt(reader, seq)
    const text = chunk && texts.get(chunk)
    if (text) summaries.set(seq, summary(text, ...payloadRange(chunk, seq - chunk.firstSeq)))
  }
  return summaries
}

/** The event as an array of one; empty when it was evicted while text was read. */
function relatedEvent(reader: LogReader, seq: number, text: string): RelatedEvent[] {
  const chunk = chunkAt(reader, seq)
  if (!chunk) return []
  const row = seq - chunk.firstSeq
  return [
    {
      seq,
      type: reader.types[chunk.type[row] as number] ?? '',
      source: reader.sources[chunk.source[row] as number] ?? '',
      time: chunk.time[row] as number,
      summary: text,
    },
  ]
}
