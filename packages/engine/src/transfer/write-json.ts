import { FILE_FORMAT, FILE_VERSION } from '@playhead/shared/file/format'
import type { LogReader } from '../log/reader'
import { rawText } from './raw-text'
import { type EventText, readEvents } from './read-events'
import { gapText, sessionTexts, snapshotText } from './session-text'

/** The next piece of a file, and how many events it has. */
export interface FilePiece {
  text: string
  events: number
}

/**
 * Writes the session as a `.json` file (`packages/shared/src/file/format.ts`), in small pieces. Payload text is copied to the letter. The
 * file ends with the event that is the log's last one when the first piece is asked for.
 */
export async function* writeJson(reader: LogReader): AsyncGenerator<FilePiece> {
  const { endSeq } = reader
  const { head, marks } = sessionTexts(reader)
  const session = `${JSON.stringify(head, null, 2).slice(0, -'\n}'.length)},\n  "marks": [${lines(marks)}]\n}`
  const begin = [
    `{\n"format": ${JSON.stringify(FILE_FORMAT)},\n"version": ${FILE_VERSION},\n`,
    `"session": ${session},\n`,
    `"snapshots": [${lines(reader.keyframes.map(snapshotText))}],\n`,
    `"gaps": [${lines(reader.gaps.map(gapText))}],\n`,
    '"events": [',
  ]
  yield { text: begin.join(''), events: 0 }
  let first = true
  for await (const slice of readEvents(reader, endSeq)) {
    yield { text: `${first ? '\n' : ',\n'}${slice.map(eventText).join(',\n')}`, events: slice.length }
    first = false
  }
  yield { text: `${first ? '' : '\n'}]\n}\n`, events: 0 }
}

const lines = (items: string[]) => (items.length ? `\n${items.join(',\n')}\n` : '')

/** An event as the file has it. */
export function eventText({ known, patches, payload }: EventText): string {
  return `${JSON.stringify(known).slice(0, -1)}${patchText(patches)},"payload":${rawText(payload)}}`
}

function patchText(patches: EventText['patches']): string {
  if (!patches) return ''
  const texts = patches.map(({ state, json }) => `{"state":${JSON.stringify(state)},"patch":${rawText(json)}}`)
  return `,"patches":[${texts.join(',')}]`
}
