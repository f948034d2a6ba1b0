import { FILE_FORMAT, FILE_VERSION } from '@playhead/shared/file/format'
import type { LogReader } from '../log/reader'
import type { EventChoice } from './event-choice'
import { inParts } from './in-parts'
import { rawText } from './raw-text'
import { type EventText, readEvents } from './read-events'
import { gapText, sessionTexts, snapshotText } from './session-text'
import { artifactTexts, type ReadArtifact } from './write-artifacts'

/** The next piece of a file, and how many events it has. */
export interface FilePiece {
  text: string
  events: number
  /** The file ends with it, and what follows is the next part. */
  endsPart?: true
}

/** What is written of a session, and into how much. */
export interface WriteOptions {
  /** Default: all events. */
  chosen?: EventChoice | undefined
  /** Characters of events in one part; default: there is one file only. */
  part?: number | undefined
  /** Default: the bytes of artifacts are left out. */
  artifacts?: ReadArtifact | undefined
}

/**
 * Writes the session as a `.json` file (`packages/shared/src/file/format.ts`), in small pieces. Payload text is copied to the letter. The
 * file ends with the event that is the log's last one when the first piece is asked for.
 */
export async function* writeJson(reader: LogReader, options: WriteOptions = {}): AsyncGenerator<FilePiece> {
  const { chosen, part } = options
  const { endSeq } = reader
  let parts = 1
  yield* beginDocument(reader, options, parts)
  let first = true
  for await (const piece of inParts(readEvents(reader, endSeq, chosen), part, eventText)) {
    if (piece === 'next part') {
      yield { text: '\n]\n}\n', events: 0, endsPart: true }
      yield* beginDocument(reader, options, ++parts)
      first = true
    } else {
      yield { text: `${first ? '\n' : ',\n'}${piece.texts.join(',\n')}`, events: piece.texts.length }
      first = false
    }
  }
  yield { text: `${first ? '' : '\n'}]\n}\n`, events: 0 }
}

/** All that comes before the events. Snapshots, gaps and artifacts are in the first part only. */
async function* beginDocument(
  reader: LogReader,
  { chosen, part, artifacts }: WriteOptions,
  number: number,
): AsyncGenerator<FilePiece> {
  const { head, marks } = sessionTexts(reader, chosen)
  const session = `${JSON.stringify(head, null, 2).slice(0, -'\n}'.length)},\n  "marks": [${lines(marks)}]\n}`
  const isFirst = number === 1
  const begin = [
    `{\n"format": ${JSON.stringify(FILE_FORMAT)},\n"version": ${FILE_VERSION},\n`,
    part === undefined ? '' : `"part": ${number},\n`,
    `"session": ${session},\n`,
    `"snapshots": [${lines(isFirst ? reader.keyframes.map(snapshotText) : [])}],\n`,
    `"gaps": [${lines(isFirst ? reader.gaps.map(gapText) : [])}],\n`,
  ]
  yield { text: begin.join(''), events: 0 }
  let found = 0
  if (isFirst)
    for await (const text of artifactTexts(reader, artifacts))
      yield { text: `${found++ === 0 ? '"artifacts": [\n' : ',\n'}${text}`, events: 0 }
  yield { text: `${found > 0 ? '\n],\n' : ''}"events": [`, events: 0 }
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
