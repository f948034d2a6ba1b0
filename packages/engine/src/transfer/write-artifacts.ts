import type { FileArtifact } from '@playhead/shared/file/format'
import { artifactsOf } from '@playhead/shared/model/artifact'
import type { LogReader } from '../log/reader'

/** Bytes that become text at a time: a multiple of three, so that the texts can be put together. */
const PIECE = 3 << 13

/** Reads the bytes of an artifact; undefined where they are not here. */
export type ReadArtifact = (ref: string) => Promise<ArrayBuffer | undefined>

/**
 * The artifacts of a session as JSON, one at a time: with their bytes where they are here and `read` is given, otherwise without, which
 * says that they are left out.
 */
export async function* artifactTexts(reader: LogReader, read?: ReadArtifact): AsyncGenerator<string> {
  const seen = new Set<string>()
  for (const { ref, type, bytes } of artifactsOf(reader.session)) {
    if (!ref || seen.has(ref)) continue
    seen.add(ref)
    const data = await read?.(ref)
    const artifact: FileArtifact = {
      ref,
      type,
      bytes: data?.byteLength ?? bytes,
      ...(data && { base64: base64Of(data) }),
    }
    yield JSON.stringify(artifact)
  }
}

function base64Of(data: ArrayBuffer): string {
  const bytes = new Uint8Array(data)
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)))
  }
  return text
}
