import {
  FILE_FORMAT,
  FILE_VERSION,
  type FileEvent,
  type FileGap,
  type FileProducer,
  type FileSession,
  type FileSnapshot,
  type TaggedNumber,
} from '@playhead/shared/file/format'
import { CAUSE_KINDS, flagNames, KINDS, LEVELS } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import type { Mark, ProducerInfo } from '@playhead/shared/model/session'
import { NO_FACET } from '@playhead/shared/wire/columns'
import type { LogChunk, LogReader } from '../log/reader'
import { FileBudget } from './budgets'
import { fileNumber, fileTime, isoTime } from './numbers'
import { rawText } from './raw-text'

/** What stands for a payload whose text is no longer there. */
const LOST = '{"$ph":"cut","type":"lost","size":-1}'
const UNDEFINED = '{"$ph":"undefined"}'

/**
 * The session as the text of a `.json` file (file/format), in pieces of about one chunk of the log. Payload text is copied as it is, so
 * what it says survives to the letter. Reads only the visible capacity.
 */
export async function* writeSession(reader: LogReader): AsyncGenerator<{ text: string; events: number }> {
  const head = [
    `{\n"format": ${JSON.stringify(FILE_FORMAT)},\n"version": ${FILE_VERSION},\n`,
    `"session": ${sessionText(reader)},\n`,
    `"snapshots": [${lines(reader.keyframes.map(snapshotText))}],\n`,
    `"gaps": [${lines(reader.gaps.map(gapText))}],\n`,
    '"events": [',
  ]
  yield { text: head.join(''), events: 0 }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let first = true
  for (const chunk of [...reader.chunks]) {
    const count = chunk.count
    if (count <= chunk.firstRow) continue
    const bytes = await reader.loadText(chunk)
    const rows = rowTexts(chunk, count)
    let text = ''
    for (let row = chunk.firstRow; row < count; row++) {
      const start = row === 0 ? 0 : (chunk.payloadEnds[row - 1] as number)
      const end = chunk.payloadEnds[row] as number
      const payload = bytes ? (end > start ? rawText(decoder.decode(bytes.subarray(start, end))) : UNDEFINED) : LOST
      const known = JSON.stringify(fileEvent(reader, chunk, row, rows))
      text += `${first ? '\n' : ',\n'}${known.slice(0, -1)}${patchText(rows.patches.get(row))},"payload":${payload}}`
      first = false
    }
    yield { text, events: count - chunk.firstRow }
  }
  yield { text: `${first ? '' : '\n'}]\n}\n`, events: 0 }
}

const lines = (items: string[]) => (items.length ? `\n${items.join(',\n')}\n` : '')

function snapshotText({ producer, afterN, take, time, state, why, json }: LogReader['keyframes'][number]): string {
  const head: Omit<FileSnapshot, 'value'> = { producer, afterN, take, time: fileTime(time), state, why }
  return `${JSON.stringify(head).slice(0, -1)},"value":${rawText(json)}}`
}

function gapText({ producer, fromN, toN, reason, from, to }: LogReader['gaps'][number]): string {
  const gap: FileGap = { producer, fromN, toN, reason, from: fileTime(from), to: fileTime(to) }
  return JSON.stringify(gap)
}

function markText({ data, time, kind, name, producer, afterN }: Mark): string {
  const head: Omit<FileSession['marks'][number], 'data'> = { time: fileTime(time), kind, name, producer, afterN }
  return data === undefined ? JSON.stringify(head) : `${JSON.stringify(head).slice(0, -1)},"data":${rawText(data)}}`
}

/** One member a line. The marks come last: what an app attached to them is copied as it is. */
function sessionText(reader: LogReader): string {
  const head = JSON.stringify(fileSession(reader), null, 2)
  return `${head.slice(0, -'\n}'.length)},\n  "marks": [${lines(reader.session.marks.map(markText))}]\n}`
}

function fileSession(reader: LogReader): Omit<FileSession, 'marks'> {
  const { id, name, app, origin, url, title, started, producers, takes } = reader.session
  const { browser, about, tags, note }: Pick<FileSession, 'browser' | 'about' | 'tags' | 'note'> = reader.session
  const idOf = (seq: number | undefined) => {
    const chunk = seq === undefined ? undefined : reader.chunkOf(seq)
    return chunk && seq !== undefined ? rowId(reader, chunk, seq - chunk.firstSeq) : undefined
  }
  return {
    id,
    name,
    app,
    origin,
    url,
    title,
    started: isoTime(started),
    browser,
    about: about && { version: about.version, seed: about.seed, config: about.config, configHash: about.configHash },
    tags,
    note,
    producers: producers.map(producerOf),
    takes: takes.map(({ take, kind, name, started, fromSeq, toSeq }) => ({
      ...{ take, kind, name, started: fileTime(started) },
      ...{ from: idOf(fromSeq), to: idOf(toSeq) },
    })),
  }
}

/** Members in one order, wherever the producer comes from. */
function producerOf({ id, name, url, title, context, sdk, timeOrigin, ...rest }: ProducerInfo): FileProducer {
  const { offset, base, emitted, attachments } = rest
  return {
    ...{ id, name, url, title, context, sdk },
    ...{ timeOrigin: fileTime(timeOrigin), offset: fileTime(offset), base, emitted },
    attachments: attachments.map(({ id, name, source, replay }) => ({ id, name, source, replay })),
  }
}

function rowId(reader: LogReader, chunk: LogChunk, row: number): string {
  return eventId(reader.producers[chunk.producer[row] as number] as string, chunk.n[row] as number)
}

/** The sparse sections of a chunk by row, so that writing a chunk is linear. */
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

function patchText(patches: { state: string; json: string }[] | undefined): string {
  if (!patches) return ''
  const texts = patches.map(({ state, json }) => `{"state":${JSON.stringify(state)},"patch":${rawText(json)}}`)
  return `,"patches":[${texts.slice(0, FileBudget.patches).join(',')}]`
}

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
    id: rowId(reader, chunk, row),
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

/** The main cause first: one of the same producer has a number in the columns, others are in the list only. */
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

/** By name, so that the same event is the same text wherever its chunk keeps its columns. */
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
