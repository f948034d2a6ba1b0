import { CAUSE_KINDS } from '@playhead/shared/model/event'
import { NO_FACET } from '@playhead/shared/wire/columns'
import type { EventDetail } from '../../contract/event'
import { causeId, eventRow, payloadRange, seqOfId } from '../../log/event-row'
import { chunkAt } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { loadTexts } from './texts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Everything that is known of one event; null when it is not in the log. Its payload is null where the chunk's text is lost. */
export async function readDetail(reader: LogReader, seq: number): Promise<EventDetail | null> {
  if (!(seq >= reader.firstSeq && seq < reader.endSeq)) return null
  const chunk = chunkAt(reader, seq)
  if (!chunk) return null
  const text = (await loadTexts(reader, [chunk])).get(chunk)
  const index = seq - chunk.firstSeq
  const row = eventRow(reader, chunk, index, text)
  const producerId = reader.producers[row.producer] ?? ''
  const producer = reader.session.producers.find(({ id }) => id === producerId)
  const cause = causeId(reader, chunk, index)
  const causeChunk = row.cause >= 0 ? chunkAt(reader, row.cause) : undefined
  const [start, end] = payloadRange(chunk, index)
  return {
    ...row,
    producerName: producer?.name ?? '',
    wall: reader.session.started + row.time,
    causeId: cause,
    causeType: causeChunk ? (reader.types[causeChunk.type[row.cause - causeChunk.firstSeq] as number] ?? null) : null,
    moreCauses: chunk.moreCauses
      .filter(more => more.row === index && more.id !== cause)
      .map(more => ({ id: more.id, kind: CAUSE_KINDS[more.kind] ?? 'unknown', seq: seqOfId(reader, more.id) })),
    payload: text ? decoder.decode(text.subarray(start, end)) : null,
    originalBytes: chunk.originalSizes.find(entry => entry.row === index)?.bytes ?? null,
    facets: facetsOf(chunk, index),
    via: producer?.attachments.find(({ id }) => id === chunk.via[index])?.name ?? '',
  }
}

function facetsOf(chunk: LogChunk, row: number): Record<string, string | number> {
  const facets: [string, string | number][] = []
  for (const column of chunk.facets) {
    if (column.form === 'number') {
      const value = column.values[row] as number
      if (!Number.isNaN(value)) facets.push([column.name, value])
    } else {
      const code = column.codes[row] as number
      const value = code === NO_FACET ? undefined : column.values[code]
      if (value !== undefined) facets.push([column.name, value])
    }
  }
  return Object.fromEntries(facets)
}
