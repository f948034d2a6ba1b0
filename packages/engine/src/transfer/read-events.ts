import type { FileEvent, TaggedNumber } from '@playhead/shared/file/format'
import { fileNumber, fileTime, isoTime } from '@playhead/shared/file/numbers'
import { CAUSE_KINDS, flagNames, KINDS, LEVELS } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import { NO_FACET } from '@playhead/shared/wire/columns'
import type { LogChunk, LogReader } from '../log/reader'
import { FileBudget } from './budgets'
import type { EventChoice } from './event-choice'

/** Events that are handed out at a time: some ms of work. */
const SLICE = 512
/** Stands for a payload whose text is lost. */
const LOST = '{"$ph":"cut","type":"lost","size":-1}'
/** Stands for an empty payload. */
const UNDEFINED = '{"$ph":"undefined"}'

/** An event as it is written to a file. Payload and patches are text from the page, which need not be JSON although it should be. */
export interface EventText {
  /** All members but payload and patches. */
  known: Omit<FileEvent, 'payload' | 'patches'>
  patches: { state: string; json: string }[] | undefined
  payload: string
}

/** Reads the visible events below seq `endSeq`, in the order of the log, some hundred at a time. */
export async function* readEvents(
  reader: LogReader,
  endSeq: number,
  chosen?: EventChoice,
): AsyncGenerator<EventText[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for (const chunk of [...reader.chunks]) {
    const end = Math.min(chunk.count, endSeq - chunk.firstSeq)
    if (end <= chunk.firstRow) continue
    const isChosen = (row: number) => !chosen || chosen.has(chunk.firstSeq + row)
    if (chosen && !rowsOf(chunk, end).some(isChosen)) continue
    const bytes = await reader.loadText(chunk)
    const rows = rowTexts(chunk, end)
    for (let from = chunk.firstRow; from < end; from += SLICE) {
      const slice: EventText[] = []
      for (let row = from; row < Math.min(end, from + SLICE); row++) {
        if (!isChosen(row)) continue
        const start = row === 0 ? 0 : (chunk.payloadEnds[row - 1] as number)
        const stop = chunk.payloadEnds[row] as number
        slice.push({
          known: fileEvent(reader, chunk, row, rows),
          patches: rows.patches.get(row)?.slice(0, FileBudget.patches),
          payload: bytes ? (stop > start ? decoder.decode(bytes.subarray(start, stop)) : UNDEFINED) : LOST,
        })
      }
      if (slice.length > 0) yield slice
    }
  }
}

/** The visible rows of a chunk. */
function rowsOf({ firstRow }: LogChunk, end: number): number[] {
  return Array.from({ length: end - firstRow }, (_, i) => firstRow + i)
}

/** The id of the event in a row, as files name it: its producer's id and its number. */
export function idOfRow(reader: LogReader, chunk: LogChunk, row: number): string {
  return eventId(reader.producers[chunk.producer[row] as number] as string, chunk.n[row] as number)
}

/** Sorts the sparse sections of a chunk by row, so that writing the chunk takes linear time. */
function rowTexts(chunk: LogChunk, count: number) {
  const by = <T extends { row: number }>(list: readonly T[]) => {
    const map = new Map<number, T[]>()
    for (const item of list) {
      if (item.row >= count) continue
      const found = map.get(item.row)
      if (found) found.push(item)
      else map.set(item.row, [item])
    }
    return map
  }
  return {
    causes: by(chunk.moreCauses),
    patches: by(chunk.patches),
    foreignIds: by(chunk.foreignIds),
    artifacts: by(chunk.artifacts),
    sizes: by(chunk.originalSizes),
  }
}

/** The event in a row as a file has it. Members that have their usual value are left out. */
function fileEvent(reader: LogReader, chunk: LogChunk, row: number, rows: ReturnType<typeof rowTexts>) {
  const at = <T>(column: ArrayLike<T>) => column[row] as T
  const time = at(chunk.time)
  const flags = at(chunk.flags)
  const causes = causesOf(reader, chunk, row, rows)
  const facets = facetsOf(chunk, row)
  const foreignId = rows.foreignIds.get(row)?.[0]?.id
  const artifacts = rows.artifacts
    .get(row)
    ?.slice(0, FileBudget.artifacts)
    .map(artifact => artifact.ref)
  const originalBytes = rows.sizes.get(row)?.[0]?.bytes
  const event: Omit<FileEvent, 'payload' | 'patches'> = {
    id: idOfRow(reader, chunk, row),
    time: isoTime(reader.session.started + time),
    t: fileTime(time),
    type: reader.types[at(chunk.type)] as string,
    source: reader.sources[at(chunk.source)] as string,
    kind: KINDS[at(chunk.kind)] ?? 'custom',
    level: LEVELS[at(chunk.level)] ?? 'detail',
    ...(at(chunk.take) && { take: at(chunk.take) }),
    ...(flags && { flags: flagNames(flags) }),
    ...(at(chunk.via) && { via: at(chunk.via) }),
    ...(causes.length && { causes }),
    ...(at(chunk.duration) && { duration: at(chunk.duration) }),
    ...(facets && { facets }),
    ...(originalBytes !== undefined && { originalBytes }),
    ...(foreignId !== undefined && { foreignId }),
    ...(artifacts && { artifacts }),
  }
  return event
}

/** The causes of an event, the main one first. A main cause in the same producer is a number in the columns; all others are in the list. */
function causesOf(reader: LogReader, chunk: LogChunk, row: number, rows: ReturnType<typeof rowTexts>) {
  const causes: NonNullable<FileEvent['causes']> = []
  const n = chunk.causeN[row] as number
  const kind = CAUSE_KINDS[chunk.causeKind[row] as number] ?? 'unknown'
  if (n) causes.push({ id: eventId(reader.producers[chunk.producer[row] as number] as string, n), kind })
  for (const more of rows.causes.get(row)?.slice(0, FileBudget.causes - 1) ?? []) {
    causes.push({ id: more.id, kind: CAUSE_KINDS[more.kind] ?? 'unknown' })
  }
  return causes
}

/** The facets of an event, sorted by name, so that the same event is always the same text, whatever the order of the chunk's columns. */
function facetsOf(chunk: LogChunk, row: number): FileEvent['facets'] {
  let facets: [string, string | number | TaggedNumber][] | undefined
  for (const facet of chunk.facets) {
    if (facet.form === 'text') {
      const code = facet.codes[row] as number
      if (code !== NO_FACET) (facets ??= []).push([facet.name, facet.values[code] as string])
    } else {
      const value = facet.values[row] as number
      if (!Number.isNaN(value)) (facets ??= []).push([facet.name, fileNumber(value)])
    }
  }
  return facets && Object.fromEntries(facets.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
