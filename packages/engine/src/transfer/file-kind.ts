import { FILE_FORMAT } from '@playhead/shared/file/format'
import { FileBudget } from './budgets'
import { LineSplitter } from './split-lines'
import { unpack } from './unpack'

export interface SourceFile {
  /** As the user sees it; empty: not known. */
  name: string
  blob: Blob
}

/** Bytes that are looked at to tell what a file is. */
const LOOK = 256 << 10
const LINES = /\.(jsonl|ndjson)(\.gz)?$/i

/** One JSON document, or lines of JSON: told by the first line, by the name only where that says nothing. */
export async function kindOf(file: SourceFile): Promise<'document' | 'lines'> {
  const line = await firstLine(file.blob, LOOK)
  const header = line ? parsed(line) : undefined
  if (header && Object.hasOwn(header, 'events')) return 'document'
  return header?.format === FILE_FORMAT || LINES.test(file.name) ? 'lines' : 'document'
}

/** The first line that is not empty; undefined where it is longer than `most` bytes, has no end or is not UTF-8. */
export async function firstLine(file: Blob, most: number = FileBudget.line): Promise<string | undefined> {
  for await (const line of linesOf(file, most)) if (line.trim() !== '') return line.replace(/^\ufeff/, '')
  return undefined
}

/** The lines that end within the first `most` bytes. `turn` is awaited now and then. */
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
