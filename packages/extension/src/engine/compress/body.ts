import { BodyCodec, encodeDeflatedBody, readBody } from '@playhead/shared/wire/body-codec'
import { type GroupHead, groupByType, ungroup } from '@playhead/shared/wire/body-order'
import { deflate, inflate } from './deflate'

/** A chunk's text as a compressed body. Undefined when `goOn` says no meanwhile. */
export async function deflateBody(
  text: Uint8Array,
  head: GroupHead,
  goOn?: () => boolean,
): Promise<ArrayBuffer | undefined> {
  const deflated = await deflate(groupByType(text, head), goOn)
  return deflated && encodeDeflatedBody(deflated, text.length, head.count)
}

/** The text of a stored chunk, however it is stored. Throws WireError when it is damaged or belongs to another chunk. */
export async function inflateBody(body: ArrayBuffer, head: GroupHead): Promise<Uint8Array<ArrayBuffer>> {
  const { codec, bytes, size, grouped } = readBody(body, head)
  if (codec === BodyCodec.raw) return bytes as Uint8Array<ArrayBuffer>
  const text = await inflate(bytes as Uint8Array<ArrayBuffer>, size)
  return grouped ? ungroup(text, head) : text
}

/** Whether a stored body is compressed; false too where it is damaged. */
export function isDeflated(body: ArrayBuffer): boolean {
  try {
    return readBody(body).codec === BodyCodec.deflate
  } catch {
    return false
  }
}
