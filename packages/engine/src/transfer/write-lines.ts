import { FILE_FORMAT, FILE_VERSION, type FileEnd, type FileHeader } from '@playhead/shared/file/format'
import type { LogReader } from '../log/reader'
import { inParts } from './in-parts'
import { readEvents } from './read-events'
import { gapText, sessionTexts, snapshotText } from './session-text'
import { artifactTexts } from './write-artifacts'
import { eventText, type FilePiece, type WriteOptions } from './write-json'

/** Snapshots of one piece: they can be large. */
const SNAPSHOTS = 1

/** Writes the session as a `.jsonl` file (`packages/shared/src/file/format.ts`), in small pieces; otherwise as `writeJson`. */
export async function* writeLines(reader: LogReader, options: WriteOptions = {}): AsyncGenerator<FilePiece> {
  const { chosen, part, artifacts } = options
  const { endSeq } = reader
  const gaps = reader.gaps.map(gap => `{"gap":${gapText(gap)}}\n`)
  const keyframes = [...reader.keyframes]
  let parts = 1
  yield { text: headerText(reader, options, parts), events: 0 }
  for (let i = 0; i < keyframes.length; i += SNAPSHOTS) {
    const some = keyframes.slice(i, i + SNAPSHOTS)
    yield { text: some.map(keyframe => oneLine(`{"snapshot":${snapshotText(keyframe)}}`)).join(''), events: 0 }
  }
  if (gaps.length > 0) yield { text: gaps.join(''), events: 0 }
  const { id } = reader.session
  for await (const text of artifactTexts(reader, artifacts)) {
    const header = JSON.stringify({ format: FILE_FORMAT, version: FILE_VERSION, session: { id } })
    yield { text: `${header.slice(0, -1)},"artifacts":[${text}]}\n`, events: 0 }
  }
  let events = 0
  for await (const piece of inParts(readEvents(reader, endSeq, chosen), part, event => oneLine(eventText(event)))) {
    if (piece === 'next part') {
      yield { text: endText(events), events: 0, endsPart: true }
      yield { text: headerText(reader, options, ++parts), events: 0 }
      events = 0
    } else {
      events += piece.texts.length
      yield { text: piece.texts.join(''), events: piece.texts.length }
    }
  }
  yield { text: endText(events), events: 0 }
}

function headerText(reader: LogReader, { chosen, part }: WriteOptions, number: number): string {
  const { head, marks } = sessionTexts(reader, chosen)
  const header: Omit<FileHeader, 'session'> = { format: FILE_FORMAT, version: FILE_VERSION }
  const session = `${JSON.stringify(head).slice(0, -1)},"marks":[${marks.join(',')}]}`
  const place = part === undefined ? '' : `,"part":${number}`
  return oneLine(`${JSON.stringify(header).slice(0, -1)},"session":${session}${place}}`)
}

function endText(events: number): string {
  const end: FileEnd = { end: { events } }
  return `${JSON.stringify(end)}\n`
}

/** JSON text as one line. JSON can have newlines between its tokens only, and text from a page may have some. */
function oneLine(json: string): string {
  return `${json.includes('\n') || json.includes('\r') ? json.replace(/[\r\n]/g, ' ') : json}\n`
}
