import { BodyCodec, encodeDeflatedBody, readBody } from '@playhead/shared/wire/body-codec'
import { type GroupHead, groupByType, ungroup } from '@playhead/shared/wire/body-order'
import { deflate, inflate } from './deflate'
import type { Scratch } from './scratch'

/** A chunk's text as a compressed body. Undefined when `goOn` says no meanwhile. */
export async function deflateBody(
  text: Uint8Array,
  head: GroupHead,
  goOn?: () => boolean,
): Promise<ArrayBuffer | undefined> {
  const deflated = await deflate(groupByType(text, head), goOn)
  return deflated && encodeDeflatedBody(deflated, text.length, head.count)
}

/** The payloads of a stored chunk. */
export interface Payloads {
  /** All of them, in some order: enough to know that something is nowhere. */
  bytes: Uint8Array<ArrayBuffer>
  /** The text of the chunk. */
  inOrder(): Uint8Array<ArrayBuffer>
}

/** Throws WireError when the body is damaged or belongs to another chunk. `scratch`: where the payloads are put. */
export async function openBody(body: ArrayBuffer, head: GroupHead, scratch?: Scratch): Promise<Payloads> {
  const { codec, bytes: stored, size, grouped } = readBody(body, head)
  const given = stored as Uint8Array<ArrayBuffer>
  if (codec === BodyCodec.raw) return { bytes: given, inOrder: () => given }
  const bytes = await inflate(given, size, scratch?.take(size))
  if (!grouped) return { bytes, inOrder: () => bytes }
  return {
    bytes,
    inOrder() {
      const text = ungroup(bytes, head, scratch?.take(size))
      scratch?.give(bytes)
      return text
    },
  }
}

/** The text of a stored chunk, however it is stored. Throws as `openBody` does. */
export async function inflateBody(body: ArrayBuffer, head: GroupHead): Promise<Uint8Array<ArrayBuffer>> {
  return (await openBody(body, head)).inOrder()
}

/** Whether a stored body is compressed; false too where it is damaged. */
export function isDeflated(body: ArrayBuffer): boolean {
  try {
    return readBody(body).codec === BodyCodec.deflate
  } catch {
    return false
  }
}
