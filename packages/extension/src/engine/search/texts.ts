import type { LogChunk, LogReader } from '../log/reader'

/** Payload texts of the chunks in memory, or read from disk; undefined where it is lost. Each chunk is read once. */
export async function loadTexts(
  reader: LogReader,
  chunks: Iterable<LogChunk>,
): Promise<Map<LogChunk, Uint8Array | undefined>> {
  const loads = [...new Set(chunks)].map(async chunk => {
    const text = chunk.text ?? (await reader.loadText(chunk).catch(() => undefined))
    return [chunk, text] as const
  })
  return new Map(await Promise.all(loads))
}
