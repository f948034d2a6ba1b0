import { FILE_FORMAT } from '@playhead/shared/file/format'
import { FileBudget } from './budgets'
import { LineSplitter } from './split-lines'
import { unpack } from './unpack'

/** A file to import. */
export interface SourceFile {
  /** The name that the user sees; empty when it is not known. */
  name: string
  blob: Blob
  /** It is one JSON document; absent: lines, or not known. */
  isDocument?: boolean
}

/** Bytes, after unpacking, that are looked at to tell what a file is. */
const LOOK = 256 << 10
const LINES = /\.(jsonl|ndjson)(\.gz)?$/i

/** Whether a file is one JSON document or lines of JSON. Its first line decides; its name only when the line says nothing. */
export async function kindOf(file: SourceFile): Promise<'document' | 'lines'> {
  const line = await firstLine(file.blob, LOOK)
  const header = line ? parsed(line) : undefined
  if (header && Object.hasOwn(header, 'events')) return 'document'
  return header?.format === FILE_FORMAT || LINES.test(file.name) ? 'lines' : 'document'
}

/** The beginning of a file as text, to tell what it is: as much as is unpacked at once, and at most so many bytes in all. */
export async function headOf(file: Blob): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  for await (const piece of unpack(file)) {
    text += decoder.decode(piece, { stream: true })
    if (text.length >= LOOK) break
  }
  return text
}

/** The first line that is UTF-8 and not empty; undefined when no such line ends with a newline within about `most` bytes. */
export async function firstLine(file: Blob, most: number = FileBudget.line): Promise<string | undefined> {
  for await (const line of linesOf(file, most)) if (line.trim() !== '') return line.replace(/^\ufeff/, '')
  return undefined
}

/** The lines that end within about the first `most` bytes; one that cannot be read is empty. `turn` is awaited between pieces. */
export async function* linesOf(
  file: Blob,
  most: number = Number.POSITIVE_INFINITY,
  turn: () => Promise<void> = async () => {},
): AsyncGenerator<string> {
  const found: string[] = []
  const splitter = new LineSplitter({ line: text => void found.push(text ?? '') })
  let bytes = 0
  for await (const piece of unpack(file)) {
    splitter.write(piece)
    yield* found.splice(0)
    bytes += piece.length
    await turn()
    if (bytes > most) return
  }
}

/** The object that a line is; undefined when it is none. */
function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
