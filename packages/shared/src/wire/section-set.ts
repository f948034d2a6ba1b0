import { array } from './check'
import { SECTION_VERSION, type SectionData } from './container'
import { WireError } from './error'
import { SECTION_NAMES, Section } from './sections'

/** Kinds of section of which a container may have several. */
const REPEATED = new Set<number>([Section.facetText, Section.facetNumber])

export function sectionName(kind: number): string {
  return SECTION_NAMES.get(kind) ?? `section ${kind}`
}

/** The sections of a container by kind. Those that this version does not know are set apart. Throws WireError where one is wrong. */
export class SectionSet {
  readonly facets: SectionData[] = []
  readonly unknown: SectionData[] = []
  private readonly single = new Map<number, SectionData>()
  private readonly fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

  /** `foreign` are known kinds that do not belong into this container. */
  constructor(sections: readonly SectionData[], foreign: ReadonlySet<number>) {
    for (const data of sections) {
      const { kind } = data
      const known = SECTION_NAMES.has(kind) && data.version === SECTION_VERSION && data.codec === 0
      if (!known) {
        this.unknown.push(data)
        continue
      }
      if (foreign.has(kind)) throw new WireError('does not belong here', sectionName(kind))
      if (data.rawLength !== data.bytes.length) {
        throw new WireError(`says ${data.rawLength} bytes, has ${data.bytes.length}`, sectionName(kind))
      }
      if (REPEATED.has(kind)) this.facets.push(data)
      else if (this.single.has(kind)) throw new WireError('is there twice', sectionName(kind))
      else this.single.set(kind, data)
    }
  }

  /** Returns the data of a section; undefined where it is absent. */
  bytes(kind: number): Uint8Array | undefined {
    return this.single.get(kind)?.bytes
  }

  /** Returns the JSON of a section; undefined where it is absent. */
  json(kind: number): unknown {
    const data = this.single.get(kind)
    return data && this.parse(data.bytes, sectionName(kind))
  }

  /** Returns the lists of a section that is a list of lists; none where it is absent. */
  tuples(kind: number): unknown[][] {
    const data = this.single.get(kind)
    return data ? tuplesOf(this.parse(data.bytes, sectionName(kind)), data.bytes.length, sectionName(kind)) : []
  }

  /** Returns what `tuples` does, and the text that belongs to each list. */
  tuplesWithText(kind: number): { tuple: unknown[]; text: string }[] {
    const data = this.single.get(kind)
    if (!data) return []
    const name = sectionName(kind)
    const { bytes, param } = data
    if (param > bytes.length) throw new WireError(`${param} bytes of JSON, has ${bytes.length}`, name)
    let at = param
    const rows = tuplesOf(this.parse(bytes.subarray(0, param), name), param, name).map((tuple, row) => {
      const length = tuple.at(-1)
      if (!Number.isInteger(length) || (length as number) < 0 || (length as number) > bytes.length - at) {
        throw new WireError(`text ends outside the section`, `${name}, entry ${row}`)
      }
      const text = this.utf8(bytes.subarray(at, at + (length as number)), `${name}, entry ${row}`)
      at += length as number
      return { tuple, text }
    })
    if (at !== bytes.length) throw new WireError(`${bytes.length - at} bytes after the last text`, name)
    return rows
  }

  utf8(bytes: Uint8Array, where: string): string {
    try {
      return this.fatal.decode(bytes)
    } catch {
      throw new WireError('not UTF-8', where)
    }
  }

  parse(bytes: Uint8Array, where: string): unknown {
    const text = this.utf8(bytes, where)
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new WireError(`not JSON: ${(error as Error).message}`, where)
    }
  }
}

function tuplesOf(value: unknown, most: number, name: string): unknown[][] {
  return array(value, most, name).map((tuple, row) => array(tuple, 16, `${name}, entry ${row}`))
}
