import { CAUSE_KINDS, flagNames, KINDS, LEVELS } from '@playhead/shared/model/event'
import { eventId, parseEventId } from '@playhead/shared/model/id'
import type { EventRow } from '../contract/view'
import type { LogChunk, LogReader, SteadyChunk, SteadyLog } from './reader'

/** A row comes with so many characters of its payload's text: as many as fit into the widest screen. */
export const SUMMARY = 500
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Stands for the seq of a cause that is not in the log. */
export const OUTSIDE = -1
/** Stands for the seq of a cause where none is known. */
export const NO_CAUSE = -2

/** Makes a row of the list. `text` is the payload text of the chunk; undefined where it is lost. */
export function eventRow(reader: LogReader, chunk: LogChunk, row: number, text: Uint8Array | undefined): EventRow {
  const [start, end] = payloadRange(chunk, row)
  return {
    item: 'event',
    seq: chunk.firstSeq + row,
    producer: chunk.producer[row] as number,
    n: chunk.n[row] as number,
    time: chunk.time[row] as number,
    type: reader.types[chunk.type[row] as number] ?? '',
    source: reader.sources[chunk.source[row] as number] ?? '',
    kind: KINDS[chunk.kind[row] as number] ?? 'custom',
    level: LEVELS[chunk.level[row] as number] ?? 'detail',
    flags: flagNames(chunk.flags[row] as number),
    take: chunk.take[row] as number,
    cause: causeSeq(reader, chunk, row),
    causeKind: CAUSE_KINDS[chunk.causeKind[row] as number] ?? 'unknown',
    duration: chunk.duration[row] as number,
    size: end - start,
    summary: text ? summary(text, start, end) : '',
    id: idOf(reader, chunk, row),
  }
}

/** Returns the id of an event: the one that it brought from elsewhere, or ours. */
export function idOf(reader: LogReader, chunk: LogChunk, row: number): string {
  const foreign = chunk.foreignIds.length > 0 && chunk.foreignIds.find(entry => entry.row === row)?.id
  return foreign || eventId(reader.producers[chunk.producer[row] as number] ?? '', chunk.n[row] as number)
}

/** Returns where the payload of a row begins and ends in the chunk's text, in bytes. */
export function payloadRange(chunk: SteadyChunk, row: number): [start: number, end: number] {
  return [row === 0 ? 0 : (chunk.payloadEnds[row - 1] as number), chunk.payloadEnds[row] as number]
}

/** Returns the seq of an event's main cause, `OUTSIDE` or `NO_CAUSE`. */
export function causeSeq(reader: SteadyLog, chunk: SteadyChunk, row: number): number {
  const n = chunk.causeN[row] as number
  if (n !== 0) return reader.seqOf(chunk.producer[row] as number, n)
  if (chunk.causeKind[row] === 0) return NO_CAUSE
  const id = foreignCause(chunk, row)
  return id === undefined ? OUTSIDE : seqOfId(reader, id)
}

/** Returns the id of an event's main cause; null where none is known. */
export function causeId(reader: LogReader, chunk: LogChunk, row: number): string | null {
  const n = chunk.causeN[row] as number
  if (n !== 0) return eventId(reader.producers[chunk.producer[row] as number] ?? '', n)
  return chunk.causeKind[row] === 0 ? null : (foreignCause(chunk, row) ?? null)
}

/** Returns the seq of the event with one of our ids; `OUTSIDE` where it is not in the log. */
export function seqOfId(reader: SteadyLog, id: string): number {
  const parsed = parseEventId(id)
  const producer = parsed ? reader.producers.indexOf(parsed.producer) : -1
  return parsed && producer >= 0 ? reader.seqOf(producer, parsed.n) : OUTSIDE
}

/**
 * Returns the seqs of events by id, as far as they are in the log. Ids that events brought from elsewhere count, too; as they are in no
 * index, all of them are looked through once.
 */
export function seqsOfIds(reader: SteadyLog, ids: readonly string[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const id of ids) {
    const seq = seqOfId(reader, id)
    if (seq >= 0) found.set(id, seq)
  }
  const left = new Set(ids.filter(id => !found.has(id)))
  if (left.size === 0) return found
  for (const { foreignIds, firstSeq, firstRow } of reader.chunks) {
    for (const { row, id } of foreignIds) {
      if (row < firstRow || !left.has(id)) continue
      found.set(id, firstSeq + row)
      if (found.size === ids.length) return found
    }
  }
  return found
}

/** Returns the id of a main cause in another producer. It has no place in the columns, and stands first among the further causes. */
function foreignCause(chunk: SteadyChunk, row: number): string | undefined {
  return chunk.moreCauses.find(cause => cause.row === row)?.id
}

/**
 * Returns the first characters of a payload, with `…` where it goes on. It decodes no more bytes than these can have, and never cuts a
 * character.
 */
export function summary(text: Uint8Array, start: number, end: number): string {
  // UTF-8 takes at most 3 bytes for a UTF-16 unit.
  let stop = Math.min(end, start + SUMMARY * 3)
  if (stop < end) while (stop > start && ((text[stop] as number) & 0xc0) === 0x80) stop--
  const decoded = decoder.decode(text.subarray(start, stop))
  if (decoded.length <= SUMMARY) return decoded
  const last = decoded.charCodeAt(SUMMARY - 1)
  return `${decoded.slice(0, last >= 0xd800 && last < 0xdc00 ? SUMMARY - 1 : SUMMARY)}…`
}
