import { messageOf } from '@playhead/shared/values/message-of'
import { FileBudget } from './budgets'
import { FileError } from './file-error'
import { firstLine, kindOf, linesOf, type SourceFile } from './file-kind'
import { type ParsedSession, parsePart, sessionSchema } from './file-schema'
import { readPiece } from './json-piece'
import { PieceError } from './json-walk'
import { checkHeader, LINE_RAW } from './read-lines'
import { SessionReader } from './read-session'
import { unpack } from './unpack'

/** A file whose header was read. */
interface SessionPart {
  file: SourceFile
  /** The file's name, or `file 1` and so on when it has none. */
  name: string
  session: ParsedSession
  /** The file's place among the parts of its session, from 1; undefined when the header does not say. */
  number: number | undefined
}

/** A file in its place among the others. */
export interface OrderedPart extends SourceFile {
  /** Says which parts between this file and the one before it were not given; empty when none is missing. */
  missing: string
}

/**
 * Puts several `.jsonl` files that are one session in order: by their part numbers, or by the times of their first events when one of them
 * has no number. `session` is what their headers say together. Rejects with FileError when the files do not belong together. `turn` is
 * awaited between files; it lets other tasks have their turn, or rejects.
 */
export async function orderParts(
  files: readonly SourceFile[],
  turn: () => Promise<void>,
): Promise<{ parts: OrderedPart[]; session: ParsedSession }> {
  if (files.length > FileBudget.parts) throw new FileError(`more than ${FileBudget.parts} files`)
  const parts: SessionPart[] = []
  for (const [index, file] of files.entries()) {
    parts.push(await look(file, file.name || `file ${index + 1}`, turn))
    await turn()
  }
  const [first] = parts as [SessionPart]
  for (const { name, session } of parts) {
    if (session.id === first.session.id) continue
    throw new FileError(
      `${first.name} and ${name} are of different sessions (${first.session.id} and ${session.id}): import them one by one`,
      name,
    )
  }
  const places = new Map<SessionPart, number>()
  const areNumbered = parts.every(part => part.number !== undefined)
  for (const part of parts) places.set(part, areNumbered ? (part.number ?? 0) : await firstTime(part.file.blob, turn))
  parts.sort((a, b) => (isBefore(places, a, b) ? -1 : isBefore(places, b, a) ? 1 : 0))
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1]
    if (next && part.number !== undefined && part.number === next.number) {
      throw new FileError(`${part.name} and ${next.name} overlap: both are part ${part.number}`, next.name)
    }
  }
  return {
    parts: parts.map(({ file, name, number }, i) => ({
      ...file,
      name,
      missing: missing(parts[i - 1]?.number, number),
    })),
    session: whole(parts.map(part => part.session)),
  }
}

const isBefore = (places: Map<SessionPart, number>, a: SessionPart, b: SessionPart) =>
  (places.get(a) ?? 0) < (places.get(b) ?? 0)

/** Which parts lie between two numbers, in words; empty when there are none or a number is not known. */
function missing(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined || after <= before + 1) return ''
  return after === before + 2 ? `part ${before + 1} is missing` : `parts ${before + 1} to ${after - 1} are missing`
}

/** Which parts are missing before the first file, in words, by the `part` of its header; empty when none is. */
export function missingBefore(part: unknown): string {
  return partNumber(part) ? missing(0, partNumber(part)) : ''
}

/** The part number that a header gives; undefined when it is not a whole number from 1 on. */
function partNumber(part: unknown): number | undefined {
  return Number.isSafeInteger(part) && (part as number) >= 1 ? (part as number) : undefined
}

/** Reads the session of a document, and passes by all the rest of it. */
async function lookIntoDocument(file: SourceFile, name: string, turn: () => Promise<void>): Promise<SessionPart> {
  let session: unknown
  const nothing = () => {}
  const sink = { snapshot: nothing, gap: nothing, event: nothing, artifact: nothing }
  const reader = new SessionReader({ ...sink, session: value => (session = value) }, { pass: 'head' })
  for await (const piece of unpack(file.blob)) {
    reader.write(piece)
    await turn()
  }
  reader.end()
  const number = partNumber(reader.part)
  if (number === undefined) throw new FileError('it is a whole session, not a part of one: import it alone')
  return { file: { ...file, isDocument: true }, name, session: parsePart(sessionSchema, session), number }
}

/** Reads the header of a file. Rejects with FileError, in which the file is named. */
async function look(file: SourceFile, name: string, turn: () => Promise<void>): Promise<SessionPart> {
  try {
    if ((await kindOf(file)) === 'document') return await lookIntoDocument(file, name, turn)
    const header = readHeader((await firstLine(file.blob)) ?? '')
    const { part } = checkHeader(header)
    return {
      ...{ file, name },
      session: parsePart(sessionSchema, header.session),
      number: partNumber(part),
    }
  } catch (error) {
    throw new FileError(messageOf(error), `${name}, line 1, column 1`, true)
  }
}

function readHeader(line: string): Record<string, unknown> {
  try {
    const header = readPiece(line, LINE_RAW)
    if (typeof header === 'object' && header !== null && !Array.isArray(header))
      return header as Record<string, unknown>
  } catch (error) {
    if (!(error instanceof PieceError)) throw error
  }
  throw new FileError('the first line is no header')
}

/** Session time (ms) of the first event in a file; Infinity when it has none. */
async function firstTime(file: Blob, turn: () => Promise<void>): Promise<number> {
  for await (const line of linesOf(file, Number.POSITIVE_INFINITY, turn)) {
    if (!line.includes('"id"')) continue
    try {
      const event = JSON.parse(line) as { id?: unknown; t?: unknown } | null
      if (typeof event?.id === 'string' && typeof event.t === 'number') return event.t
    } catch {
      // The line is read again by the import, which says what is wrong with it.
    }
  }
  return Number.POSITIVE_INFINITY
}

/** What the headers say together. Throws FileError when that is more than one header may say. */
function whole(sessions: ParsedSession[]): ParsedSession {
  try {
    return parsePart(sessionSchema, sessions.reduce(merged))
  } catch (error) {
    throw new FileError(`the parts together: ${messageOf(error)}`)
  }
}

/** Joins what two headers say of a session. Where they differ, the later one counts; what only the earlier one says is kept. */
function merged(before: ParsedSession, after: ParsedSession): ParsedSession {
  const producers = new Map(before.producers.map(producer => [producer.id, producer]))
  for (const producer of after.producers) {
    const known = producers.get(producer.id)
    producers.set(producer.id, {
      ...producer,
      base: Math.min(producer.base, known?.base ?? producer.base),
      emitted: Math.max(producer.emitted, known?.emitted ?? 0),
      attachments: unique([...producer.attachments, ...(known?.attachments ?? [])], ({ id }) => id),
    })
  }
  return {
    ...before,
    ...after,
    schemas: unique([...(after.schemas ?? []), ...(before.schemas ?? [])], ({ type }) => type),
    descriptions: unique([...(after.descriptions ?? []), ...(before.descriptions ?? [])], ({ type }) => type),
    producers: [...producers.values()],
    bookmarks: unique([...(before.bookmarks ?? []), ...(after.bookmarks ?? [])], id => id),
    takes: unique([...after.takes, ...before.takes], ({ take }) => take).sort((a, b) => a.take - b.take),
    marks: unique([...before.marks, ...after.marks], mark =>
      [mark.producer, mark.afterN, mark.time, mark.kind, mark.name].join('|'),
    ),
  }
}

/** The items without those whose key an earlier one has. */
function unique<T>(items: T[], key: (item: T) => unknown): T[] {
  const seen = new Set<unknown>()
  return items.filter(item => {
    const is = key(item)
    if (seen.has(is)) return false
    seen.add(is)
    return true
  })
}
