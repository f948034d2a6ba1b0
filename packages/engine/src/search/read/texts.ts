import type { LogChunk, LogReader } from '../../log/reader'

/** Texts read from disk that are kept of each session, since a list that is scrolled to and fro needs the same ones again. */
const KEPT = 4
const kept = new WeakMap<LogReader, Map<LogChunk, Promise<Uint8Array | undefined>>>()

/** The payload text of each chunk, from memory or read from disk; undefined where it is lost or the disk fails. */
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
  // The text that was asked for last moves to the end; the one at the front is dropped first.
  texts.delete(chunk)
  if (chunk.sealed) texts.set(chunk, text)
  for (const oldest of texts.keys()) if (texts.size > KEPT) texts.delete(oldest)
  return text
}
