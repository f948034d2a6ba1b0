import { BodyCodec, encodeDeflatedBody, readBody } from '@playhead/shared/wire/body-codec'
import { type GroupHead, groupByType, ungroup } from '@playhead/shared/wire/body-order'
import { deflate, inflate } from './deflate'
import type { Scratch } from './scratch'

/*
 * A chunk's body is its payload text as it is stored. It has one of two forms (shared `wire/body-codec.ts`):
 *
 *     raw       row 0 | row 1 | row 2 | …                     the text itself
 *     deflate   deflate( rows of type 2 | rows of type 5 )    "grouped": payloads of one type side by side, as they share their keys
 *
 * Deflating sorts the payloads by type and compresses them; opening does the reverse in two steps, of which a search often needs only
 * the first:
 *
 *     body ── openBody: inflate ──▶ Payloads.bytes ── inOrder(): ungroup ──▶ text in row order
 *                                   (any order: enough to see that
 *                                    a word is nowhere in the chunk)
 *
 * The head's columns (`type`, `payloadEnds`) say which payload is whose, so a body can be opened only beside its own head. Offsets and
 * sizes are bytes of UTF-8. Both steps write into buffers of a `Scratch` where one is given, as a search opens hundreds of bodies.
 */

/**
 * Compresses a chunk's text. `text` has the payloads of `head` in row order. `goOn` is asked about every ms of work; when it returns
 * false, compressing stops and the result is undefined.
 */
export async function deflateBody(
  text: Uint8Array,
  head: GroupHead,
  goOn?: () => boolean,
): Promise<ArrayBuffer | undefined> {
  const deflated = await deflate(groupByType(text, head), goOn)
  return deflated && encodeDeflatedBody(deflated, text.length, head.count)
}

/** The payloads of a body that was opened. */
export interface Payloads {
  /** All payloads as UTF-8, grouped or in row order: enough to find out that some bytes occur in none of them. */
  bytes: Uint8Array<ArrayBuffer>
  /** All payloads in row order: the chunk's text. Call it once; `bytes` must not be read afterwards, as its buffer is used again. */
  inOrder(): Uint8Array<ArrayBuffer>
}

/**
 * Opens the body of the chunk whose head is `head`. Rejects with WireError when the body is damaged or is another chunk's. With `scratch`,
 * inflated payloads lie in buffers of it, which the caller gives back.
 */
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

/** The text of a chunk in row order, from a raw or a compressed body. Rejects as `openBody` does. */
export async function inflateBody(body: ArrayBuffer, head: GroupHead): Promise<Uint8Array<ArrayBuffer>> {
  return (await openBody(body, head)).inOrder()
}

/** Whether a stored body is compressed. A damaged body counts as not compressed. */
export function isDeflated(body: ArrayBuffer): boolean {
  try {
    return readBody(body).codec === BodyCodec.deflate
  } catch {
    return false
  }
}
