import { FileBudget } from './budgets'
import { FileError } from './file-error'
import { firstLine, kindOf, linesOf, type SourceFile } from './file-kind'
import { type ParsedSession, parsePart, sessionSchema } from './file-schema'
import { PieceError, readPiece } from './json-piece'
import { checkHeader, LINE_RAW } from './read-lines'

interface Part {
  file: SourceFile
  name: string
  session: ParsedSession
  number: number | undefined
  /** Session time of its first event; Infinity: it has none. */
  firstTime: number
}

/**
 * Several `.jsonl` files that are one session, in the order of their numbers, or of their first events where one has no number. `session`
 * is what their headers say together. Throws FileError where they do not belong together.
 */
export async function orderParts(
  files: readonly SourceFile[],
  turn: () => Promise<void>,
): Promise<{ parts: SourceFile[]; session: ParsedSession }> {
  if (files.length > FileBudget.parts) throw new FileError(`more than ${FileBudget.parts} files`)
  const parts: Part[] = []
  for (const [index, file] of files.entries()) {
    parts.push(await look(file, file.name || `file ${index + 1}`))
    await turn()
  }
  const [first] = parts as [Part]
  for (const { name, session } of parts) {
    if (session.id === first.session.id) continue
    throw new FileError(
      `${first.name} and ${name} are of different sessions (${first.session.id} and ${session.id}): import them one by one`,
      name,
    )
  }
  if (parts.every(part => part.number !== undefined)) parts.sort((a, b) => Number(a.number) - Number(b.number))
  else parts.sort((a, b) => (a.firstTime < b.firstTime ? -1 : a.firstTime > b.firstTime ? 1 : 0))
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1]
    if (next && part.number !== undefined && part.number === next.number) {
      throw new FileError(`${part.name} and ${next.name} overlap: both are part ${part.number}`, next.name)
    }
  }
  return {
    parts: parts.map(({ file, name }) => ({ ...file, name })),
    session: parts.map(part => part.session).reduce(merged),
  }
}

async function look(file: SourceFile, name: string): Promise<Part> {
  try {
    if ((await kindOf(file)) === 'document') throw new FileError('only .jsonl files can be parts: import it alone')
    const header = readHeader((await firstLine(file.blob)) ?? '')
    const { part } = checkHeader(header)
    return {
      ...{ file, name },
      session: parsePart(sessionSchema, header.session),
      number: typeof part === 'number' && Number.isFinite(part) ? part : undefined,
      firstTime: typeof part === 'number' ? 0 : await firstTime(file.blob),
    }
  } catch (error) {
    throw new FileError(error instanceof Error ? error.message : String(error), `${name}, line 1, column 1`, true)
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

async function firstTime(file: Blob): Promise<number> {
  for await (const line of linesOf(file)) {
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
    ...after,
    producers: [...producers.values()],
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
