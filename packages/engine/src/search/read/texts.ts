import type { LogChunk, LogReader } from '../../log/reader'

/** Texts read from disk that are kept, of each session: what a list scrolled to and fro needs again. */
const KEPT = 4
const kept = new WeakMap<LogReader, Map<LogChunk, Promise<Uint8Array | undefined>>>()

/** Payload texts of the chunks, in memory or read from disk; undefined where it is lost. */
export async function loadTexts(
  reader: LogReader,
  chunks: Iterable<LogChunk>,
): Promise<Map<LogChunk, Uint8Array | undefined>> {
  const loads = [...new Set(chunks)].map(async chunk => [chunk, chunk.text ?? (await load(reader, chunk))] as const)
  return new Map(await Promise.all(loads))
}

function load(reader: LogReader, chunk: LogChunk): Promise<Uint8Array | undefined> {
  let texts = kept.get(reader)
  if (!texts) {
    texts = new Map()
    kept.set(reader, texts)
  }
  const text = texts.get(chunk) ?? reader.loadText(chunk).catch(() => undefined)
  // The one asked for last stands last; the first goes.
  texts.delete(chunk)
  if (chunk.sealed) texts.set(chunk, text)
  for (const oldest of texts.keys()) if (texts.size > KEPT) texts.delete(oldest)
  return text
}
