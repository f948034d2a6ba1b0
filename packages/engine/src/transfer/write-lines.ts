import { FILE_FORMAT, FILE_VERSION, type FileEnd, type FileHeader } from '@playhead/shared/file/format'
import type { LogReader } from '../log/reader'
import { readEvents } from './read-events'
import { gapText, sessionTexts, snapshotText } from './session-text'
import { eventText, type FilePiece } from './write-json'

/** Snapshots of one piece: they can be large. */
const SNAPSHOTS = 1

/** Writes the session as a `.jsonl` file (`packages/shared/src/file/format.ts`), in small pieces; otherwise as `writeJson`. */
export async function* writeLines(reader: LogReader): AsyncGenerator<FilePiece> {
  const { endSeq } = reader
  const gaps = reader.gaps.map(gap => `{"gap":${gapText(gap)}}\n`)
  const keyframes = [...reader.keyframes]
  const { head, marks } = sessionTexts(reader)
  const header: Omit<FileHeader, 'session'> = { format: FILE_FORMAT, version: FILE_VERSION }
  const session = `${JSON.stringify(head).slice(0, -1)},"marks":[${marks.join(',')}]}`
  yield { text: oneLine(`${JSON.stringify(header).slice(0, -1)},"session":${session}}`), events: 0 }
  for (let i = 0; i < keyframes.length; i += SNAPSHOTS) {
    const some = keyframes.slice(i, i + SNAPSHOTS)
    yield { text: some.map(keyframe => oneLine(`{"snapshot":${snapshotText(keyframe)}}`)).join(''), events: 0 }
  }
  if (gaps.length > 0) yield { text: gaps.join(''), events: 0 }
  let events = 0
  for await (const slice of readEvents(reader, endSeq)) {
    events += slice.length
    yield { text: slice.map(event => oneLine(eventText(event))).join(''), events: slice.length }
  }
  const end: FileEnd = { end: { events } }
  yield { text: `${JSON.stringify(end)}\n`, events: 0 }
}

/** JSON text as one line. JSON can have newlines between its tokens only, and text from a page may have some. */
function oneLine(json: string): string {
  return `${json.includes('\n') || json.includes('\r') ? json.replace(/[\r\n]/g, ' ') : json}\n`
}
