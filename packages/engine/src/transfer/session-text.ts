import type { FileGap, FileProducer, FileSession, FileSnapshot } from '@playhead/shared/file/format'
import { fileTime, isoTime } from '@playhead/shared/file/numbers'
import { parseEventId } from '@playhead/shared/model/id'
import type { DescriptionInfo, Mark, ProducerInfo, SchemaInfo } from '@playhead/shared/model/session'
import type { LogReader } from '../log/reader'
import { FileBudget } from './budgets'
import type { EventChoice } from './event-choice'
import { rawText } from './raw-text'
import { idOfRow } from './read-events'

/*
 * Writes what a file says of the session besides its events: its description, marks, snapshots and gaps. Two rules hold for all of it:
 *
 *     named      every object is made member by member, in one order. What the log keeps besides does not get into the file, and a session
 *                gives the same text whether it was recorded or imported.
 *     to the letter
 *                what an app gave (the value of a snapshot, the data of a mark) is text that is put into the JSON as it is:
 *
 *                { "producer":"…", "afterN":7, …        }      JSON.stringify of the members that are ours
 *                                              ▲ the last brace is cut off
 *                                              ,"value":<text of the app> }
 *
 *                `rawText` first makes sure that it is JSON: otherwise it could close the object and go on with members of its own.
 *
 * Events are named by id, because seqs mean nothing outside of this log. Times are session time in ms, written by `fileTime`.
 */

/** A snapshot (keyframe) as the file has it. */
export function snapshotText({
  producer,
  afterN,
  take,
  time,
  state,
  why,
  json,
}: LogReader['keyframes'][number]): string {
  const head: Omit<FileSnapshot, 'value'> = { producer, afterN, take, time: fileTime(time), state, why }
  return `${JSON.stringify(head).slice(0, -1)},"value":${rawText(json)}}`
}

/** A gap as the file has it. */
export function gapText({ producer, fromN, toN, reason, from, to }: LogReader['gaps'][number]): string {
  const gap: FileGap = { producer, fromN, toN, reason, from: fileTime(from), to: fileTime(to) }
  return JSON.stringify(gap)
}

function markText({ data, time, kind, name, producer, afterN }: Mark): string {
  const head: Omit<FileSession['marks'][number], 'data'> = { time: fileTime(time), kind, name, producer, afterN }
  return data === undefined ? JSON.stringify(head) : `${JSON.stringify(head).slice(0, -1)},"data":${rawText(data)}}`
}

/** The session as the file has it: its members but the marks, as an object, and each mark as text. */
export function sessionTexts(
  reader: LogReader,
  chosen?: EventChoice,
): { head: Omit<FileSession, 'marks'>; marks: string[] } {
  const { firstSeq, endSeq } = reader
  const excerpt = chosen ? { events: chosen.count, of: endSeq - firstSeq } : reader.session.excerpt
  return { head: { ...fileSession(reader), ...(excerpt && { excerpt }) }, marks: reader.session.marks.map(markText) }
}

function fileSession(reader: LogReader): Omit<FileSession, 'marks'> {
  const { id, name, app, origin, url, title, started, producers, takes } = reader.session
  const { browser, about, schemas, descriptions, tags, note, bookmarks } = reader.session
  const idOf = (seq: number | undefined) => {
    const chunk = seq === undefined ? undefined : reader.chunkOf(seq)
    return chunk && seq !== undefined ? idOfRow(reader, chunk, seq - chunk.firstSeq) : undefined
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
    schemas: schemas?.length ? schemas.map(schemaOf) : undefined,
    descriptions: descriptions?.length ? descriptions.map(descriptionOf) : undefined,
    tags,
    note,
    bookmarks: bookmarks?.length ? bookmarks.filter(id => parseEventId(id)).slice(0, FileBudget.bookmarks) : undefined,
    producers: producers.map(producerOf),
    takes: takes.map(({ take, kind, name, started, fromSeq, toSeq }) => ({
      ...{ take, kind, name, started: fileTime(started) },
      ...{ from: idOf(fromSeq), to: idOf(toSeq) },
    })),
  }
}

function schemaOf({ type, version, vendor, shape }: SchemaInfo): SchemaInfo {
  return { type, version, vendor, shape }
}

function descriptionOf({ type, category, description }: DescriptionInfo): DescriptionInfo {
  return { type, category, description }
}

/** A producer as the file has it. */
function producerOf({ id, name, url, title, context, sdk, timeOrigin, ...rest }: ProducerInfo): FileProducer {
  const { offset, base, emitted, attachments } = rest
  return {
    ...{ id, name, url, title, context, sdk },
    ...{ timeOrigin: fileTime(timeOrigin), offset: fileTime(offset), base, emitted },
    attachments: attachments.map(({ id, name, source, replay }) => ({ id, name, source, replay })),
  }
}
