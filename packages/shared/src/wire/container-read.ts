import { buffer as arrayBuffer } from './check'
import {
  type ContainerKind,
  containerChecksum,
  HEADER_BYTES,
  Holds,
  MAGIC,
  mostSections,
  padded,
  SECTION_HEADER_BYTES,
  type SectionData,
} from './container'
import { WireError } from './error'
import { Limits, WIRE_VERSION } from './limits'

/** A container whose header and section headers were checked. */
export interface Container {
  rows: number
  /** The sections in the order in which they were written. `bytes` are views into the buffer that begin at multiples of 8. */
  sections: SectionData[]
}

/** Reads a container and checks everything except what the sections hold. Throws WireError. */
export function readContainer(buffer: ArrayBuffer, expected: ContainerKind): Container {
  const size = arrayBuffer(buffer, 'container').byteLength
  if (size < HEADER_BYTES) throw new WireError(`${size} bytes, a header has ${HEADER_BYTES}`)
  const view = new DataView(buffer)
  const word = (at: number) => view.getUint32(at, true)
  if (word(0) !== MAGIC) throw new WireError('not written by Playhead', 'offset 0')
  const version = view.getUint16(4, true)
  if (version > WIRE_VERSION) {
    throw new WireError(`version ${version} is newer than ${WIRE_VERSION}, the newest this Playhead reads`, 'offset 4')
  }
  if (version !== WIRE_VERSION) throw new WireError(`version ${version} does not exist`, 'offset 4')
  if (view.getUint8(6) !== expected) {
    throw new WireError(`holds ${nameOf(view.getUint8(6))}, expected ${nameOf(expected)}`, 'offset 6')
  }
  if (view.getUint8(7) !== 0) throw new WireError('must be 0', 'offset 7')
  if (size > Limits.containerBytes) throw new WireError(`${size} bytes, at most ${Limits.containerBytes} are allowed`)
  if (word(8) !== size) throw new WireError(`says ${word(8)} bytes, has ${size}`, 'offset 8')
  if (size % 8 !== 0) throw new WireError(`${size} bytes are no multiple of 8`, 'offset 8')
  if (word(20) !== containerChecksum(new Uint32Array(buffer)))
    throw new WireError('the checksum does not match', 'offset 20')
  const count = word(12)
  const most = mostSections(expected)
  if (count > most) throw new WireError(`${count} sections, at most ${most} are allowed`, 'offset 12')
  return { rows: word(16), sections: readSections(buffer, view, count) }
}

function readSections(buffer: ArrayBuffer, view: DataView, count: number): SectionData[] {
  const end = view.byteLength
  const sections: SectionData[] = []
  let at = HEADER_BYTES
  for (let i = 0; i < count; i++) {
    const where = `section ${i} at offset ${at}`
    if (end - at < SECTION_HEADER_BYTES) throw new WireError('begins behind the end', where)
    const start = at + SECTION_HEADER_BYTES
    const length = view.getUint32(at + 4, true)
    if (length > end - start) throw new WireError(`${length} bytes of data, ${end - start} are left`, where)
    sections.push({
      kind: view.getUint16(at, true),
      version: view.getUint8(at + 2),
      codec: view.getUint8(at + 3),
      rawLength: view.getUint32(at + 8, true),
      param: view.getUint32(at + 12, true),
      bytes: new Uint8Array(buffer, start, length),
    })
    at = start + padded(length)
  }
  if (at !== end) throw new WireError(`${end - at} bytes after the last section`, `offset ${at}`)
  return sections
}

function nameOf(kind: number): string {
  return Object.entries(Holds).find(([, holds]) => holds === kind)?.[0] ?? `something unknown (${kind})`
}
