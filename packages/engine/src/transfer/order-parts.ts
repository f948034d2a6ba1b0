import { messageOf } from '@playhead/shared/values/message-of'
import { FileBudget } from './budgets'
import { FileError } from './file-error'
import { firstLine, kindOf, linesOf, type SourceFile } from './file-kind'
import { type ParsedSession, parsePart, sessionSchema } from './file-schema'
import { readPiece } from './json-piece'
import { PieceError } from './json-walk'
import { checkHeader, LINE_RAW } from './read-lines'

interface SessionPart {
  file: SourceFile
  name: string
  session: ParsedSession
  number: number | undefined
}

/** A file among the others. */
export interface OrderedPart extends SourceFile {
  /** What lies between it and the file before it and was not given; empty: nothing. */
  missing: string
}

/**
 * Several `.jsonl` files that are one session, in the order of their numbers, or of their first events where one has no number. `session`
 * is what their headers say together. Throws FileError where they do not belong together; `turn` lets others work, or throws.
 */
export async function orderParts(
  files: readonly SourceFile[],
  turn: () => Promise<void>,
): Promise<{ parts: OrderedPart[]; session: ParsedSession }> {
  if (files.length > FileBudget.parts) throw new FileError(`more than ${FileBudget.parts} files`)
  const parts: SessionPart[] = []
  for (const [index, file] of files.entries()) {
    parts.push(await look(file, file.name || `file ${index + 1}`))
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

function missing(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined || after <= before + 1) return ''
  return after === before + 2 ? `part ${before + 1} is missing` : `parts ${before + 1} to ${after - 1} are missing`
}

/** What the number of the first file there is tells of those before it; empty: nothing is missing. */
export function missingBefore(part: unknown): string {
  return partNumber(part) ? missing(0, partNumber(part)) : ''
}

function partNumber(part: unknown): number | undefined {
  return Number.isSafeInteger(part) && (part as number) >= 1 ? (part as number) : undefined
}

async function look(file: SourceFile, name: string): Promise<SessionPart> {
  try {
    if ((await kindOf(file)) === 'document') throw new FileError('only .jsonl files can be parts: import it alone')
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

/** Session time of its first event; Infinity: it has none. */
async function firstTime(file: Blob, turn: () => Promise<void>): Promise<number> {
  for await (const line of linesOf(file, Number.POSITIVE_INFINITY, turn)) {
    if (!line.includes('"id"')) continue
    try {
      const event = JSON.parse(line) as { id?: unknown; t?: unknown } | null
      if (typeof event?.id === 'string' && typeof event.t === 'number') return event.t
    } catch {
      // Whoever reads it says what is wrong with it.
    }
  }
  return Number.POSITIVE_INFINITY
}

/** What the headers say together, within the bounds of one. */
function whole(sessions: ParsedSession[]): ParsedSession {
  try {
    return parsePart(sessionSchema, sessions.reduce(merged))
  } catch (error) {
    throw new FileError(`the parts together: ${messageOf(error)}`)
  }
}

/** What is said later counts; what was known before is not forgotten. */
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

function unique<T>(items: T[], key: (item: T) => unknown): T[] {
  const seen = new Set<unknown>()
  return items.filter(item => {
    const is = key(item)
    if (seen.has(is)) return false
    seen.add(is)
    return true
  })
}
