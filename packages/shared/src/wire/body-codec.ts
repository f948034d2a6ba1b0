import type { Chunk } from './columns'
import {
  HEADER_BYTES,
  Holds,
  padded,
  SECTION_HEADER_BYTES,
  SECTION_VERSION,
  type SectionData,
  section,
  writeContainer,
} from './container'
import { readContainer } from './container-read'
import { WireError } from './error'
import { Limits } from './limits'
import { sectionName } from './section-set'
import { SECTION_NAMES, Section } from './sections'

/** How the text of a body is stored: the codec of its section. Numbers are never reused. */
export const BodyCodec = { raw: 0, deflate: 1 } as const
/** A bit of the section's `param`: the payloads stand in the order of `groupByType`. */
const GROUPED = 1

/** What must be known of a chunk to read its body. */
export type BodyHead = Pick<Chunk, 'count' | 'payloadEnds'>

/** The text of a chunk as it is stored. */
export interface StoredBody {
  codec: (typeof BodyCodec)[keyof typeof BodyCodec]
  /** The stored bytes, as a view into the body. */
  bytes: Uint8Array
  /** Bytes of the text when it is not compressed. */
  size: number
  grouped: boolean
}

/** Encodes the text of a chunk of `count` rows. The last payload must end where the text does. */
export function encodeBody(text: Uint8Array, count: number): ArrayBuffer {
  return writeContainer(Holds.body, count, [section(Section.text, text)])
}

/** Returns the bytes of a body whose text is stored as it is. */
export function rawBodyBytes(text: number): number {
  return HEADER_BYTES + SECTION_HEADER_BYTES + padded(text)
}

/** Encodes compressed text: `deflated` is raw deflate of the payloads in the order of `groupByType`, which have `size` bytes. */
export function encodeDeflatedBody(deflated: Uint8Array, size: number, count: number): ArrayBuffer {
  return writeContainer(Holds.body, count, [
    {
      kind: Section.text,
      version: SECTION_VERSION,
      codec: BodyCodec.deflate,
      rawLength: size,
      param: GROUPED,
      bytes: deflated,
    },
  ])
}

/** Reads a body, and checks everything except compressed text. Where `head` is given, it must be of the same chunk. Throws WireError. */
export function readBody(buffer: ArrayBuffer, head?: BodyHead): StoredBody {
  const { rows, sections } = readContainer(buffer, Holds.body)
  const stored = storedText(sections)
  if (head) {
    if (rows !== head.count) throw new WireError(`${rows} rows, the chunk has ${head.count}`, 'text')
    const end = head.count === 0 ? 0 : head.payloadEnds[head.count - 1]!
    if (end !== stored.size) throw new WireError(`${stored.size} bytes, the chunk's payloads have ${end}`, 'text')
  }
  return stored
}

/** Returns the text of a body that is stored as it is, as a view into `buffer`. Throws WireError where it is compressed. */
export function decodeBody(buffer: ArrayBuffer, head?: BodyHead): Uint8Array {
  const { codec, bytes } = readBody(buffer, head)
  if (codec !== BodyCodec.raw) throw new WireError('is compressed', 'text')
  return bytes
}

function storedText(sections: readonly SectionData[]): StoredBody {
  let found: SectionData | undefined
  for (const data of sections) {
    const name = sectionName(data.kind)
    if (data.kind === Section.text) {
      if (found) throw new WireError('is there twice', name)
      found = data
    } else if (SECTION_NAMES.has(data.kind)) throw new WireError('does not belong here', name)
  }
  if (!found) throw new WireError('is missing', 'text')
  const { version, codec, rawLength: size, param, bytes } = found
  const known = codec === BodyCodec.raw || (codec === BodyCodec.deflate && (param & ~GROUPED) === 0)
  if (version !== SECTION_VERSION || !known)
    throw new WireError(`codec ${codec}, version ${version} is not known`, 'text')
  if (codec === BodyCodec.raw && size !== bytes.length)
    throw new WireError(`says ${size} bytes, has ${bytes.length}`, 'text')
  if (size > Limits.containerBytes)
    throw new WireError(`${size} bytes, at most ${Limits.containerBytes} are allowed`, 'text')
  return { codec, bytes, size, grouped: codec === BodyCodec.deflate && (param & GROUPED) !== 0 }
}
