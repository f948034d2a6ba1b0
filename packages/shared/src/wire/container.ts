import { checksum } from './checksum'
import { Limits, WIRE_VERSION } from './limits'

/**
 * The container of every batch and every stored chunk: a header and sections that describe themselves. A reader keeps sections that it does
 * not know, so that a newer writer may add some. Numbers are little-endian, as on every platform that runs this, and data begins at
 * multiples of 8, so that columns are views into the buffer and nothing is copied.
 *
 *     offset  0  u32  magic "PLHD"
 *             4  u16  version
 *             6  u8   what it holds: 1 batch, 2 head of a chunk, 3 body of a chunk
 *             7  u8   0
 *             8  u32  bytes in all, a multiple of 8
 *            12  u32  sections
 *            16  u32  rows
 *            20  u32  checksum of all other words
 *            24       sections, one after the other:
 *
 *     offset  0  u16  kind (`Section`)
 *             2  u8   version of the kind's layout
 *             3  u8   codec of the data, 0 = as it is
 *             4  u32  bytes of data
 *             8  u32  bytes of data before the codec
 *            12  u32  a number whose meaning depends on the kind
 *            16       data, zeros up to a multiple of 8
 */
export const MAGIC = 0x44484c50
export const HEADER_BYTES = 24
export const SECTION_HEADER_BYTES = 16
export const SECTION_VERSION = 1

/** What a container may hold. */
export const Holds = { batch: 1, head: 2, body: 3 } as const
export type ContainerKind = (typeof Holds)[keyof typeof Holds]

/** One section, with the fields that are drawn above; `UnknownSection` has the same form. */
export interface SectionData {
  kind: number
  version: number
  codec: number
  /** Bytes of data before the codec. */
  rawLength: number
  /** The number whose meaning depends on the kind. */
  param: number
  bytes: Uint8Array
}

/** Makes a section of data that is stored as it is. */
export function section(kind: number, bytes: Uint8Array, param = 0): SectionData {
  return { kind, version: SECTION_VERSION, codec: 0, rawLength: bytes.length, param, bytes }
}

/** Returns the next multiple of 8. */
export function padded(bytes: number): number {
  return (bytes + 7) & ~7
}

/** Returns how many sections a container may have. */
export function mostSections(holds: ContainerKind): number {
  return holds === Holds.batch ? Limits.sections : Limits.chunkSections
}

/** Writes a container. Sections beyond `mostSections` are left out, so those that may be lost have to come last. */
export function writeContainer(holds: ContainerKind, rows: number, sections: readonly SectionData[]): ArrayBuffer {
  const count = Math.min(sections.length, mostSections(holds))
  let total = HEADER_BYTES
  for (let i = 0; i < count; i++) total += SECTION_HEADER_BYTES + padded(sections[i]!.bytes.length)
  const buffer = new ArrayBuffer(total)
  const bytes = new Uint8Array(buffer)
  const words = new Uint32Array(buffer)
  words[0] = MAGIC
  words[1] = WIRE_VERSION | (holds << 16)
  words[2] = total
  words[3] = count
  words[4] = rows
  let at = HEADER_BYTES
  for (let i = 0; i < count; i++) {
    const { kind, version, codec, rawLength, param, bytes: data } = sections[i]!
    const word = at >> 2
    words[word] = kind | (version << 16) | (codec << 24)
    words[word + 1] = data.length
    words[word + 2] = rawLength
    words[word + 3] = param
    at += SECTION_HEADER_BYTES
    bytes.set(data, at)
    at += padded(data.length)
  }
  words[5] = containerChecksum(words)
  return buffer
}

/** Returns the checksum of all words except the checksum itself. */
export function containerChecksum(words: Uint32Array): number {
  return checksum(words.subarray(6), checksum(words.subarray(0, 5)))
}
