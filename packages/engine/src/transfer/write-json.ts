import { FILE_FORMAT, FILE_VERSION } from '@playhead/shared/file/format'
import type { LogReader } from '../log/reader'
import { rawText } from './raw-text'
import { type EventText, readEvents } from './read-events'
import { gapText, sessionTexts, snapshotText } from './session-text'

export interface FilePiece {
  text: string
  events: number
}

/**
 * The session as the text of a `.json` file (file/format), in small pieces. Payload text is copied as it is, so that what it says survives
 * to the letter. Writes the visible capacity as it is at the first piece.
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

export function eventText({ known, patches, payload }: EventText): string {
  return `${JSON.stringify(known).slice(0, -1)}${patchText(patches)},"payload":${rawText(payload)}}`
}

function patchText(patches: EventText['patches']): string {
  if (!patches) return ''
  const texts = patches.map(({ state, json }) => `{"state":${JSON.stringify(state)},"patch":${rawText(json)}}`)
  return `,"patches":[${texts.join(',')}]`
}
