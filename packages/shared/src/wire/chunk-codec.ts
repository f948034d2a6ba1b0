import { CHUNK_ROWS } from '../model/event'
import { isProducerId } from '../model/id'
import { array, flag, record, whole } from './check'
import { LOG_COLUMNS } from './column-set'
import type { Chunk, ChunkMeta } from './columns'
import { readColumns, readEvents, readTable } from './columns-decode'
import { columnSection, columnSections, tableJson } from './columns-encode'
import { Holds, writeContainer } from './container'
import { readContainer } from './container-read'
import { WireError } from './error'
import { list, quote } from './json-text'
import { SectionSet } from './section-set'
import { Section } from './sections'

const NOT_IN_HEADS = new Set<number>([Section.text, Section.keyframes, Section.late, Section.gaps, Section.marks])

/**
 * Encodes everything of a chunk except its text. The same chunk always gives the same bytes. Columns may be longer than `count`. Columns
 * that only chunks have come after those of batches, and are written even when all zeros. Unknown sections come last, and those beyond the
 * bound on sections are dropped.
 */
export function encodeHead(chunk: Chunk): ArrayBuffer {
  const { count, unknown } = chunk
  const sections = columnSections(chunk, metaJson(chunk.meta))
  for (const name of LOG_COLUMNS) sections.push(columnSection(chunk[name], count, name))
  sections.push(...unknown)
  return writeContainer(Holds.head, count, sections)
}

/** Decodes a chunk without its text, and checks everything. Columns are views into `buffer`. Throws WireError. */
export function decodeHead(buffer: ArrayBuffer): Chunk {
  const { rows, sections } = readContainer(buffer, Holds.head)
  if (rows > CHUNK_ROWS) throw new WireError(`${rows} rows, at most ${CHUNK_ROWS} are allowed`, 'chunk')
  const set = new SectionSet(sections, NOT_IN_HEADS)
  const meta = readMeta(set)
  return { ...readEvents(set, rows, meta), ...readColumns(set, LOG_COLUMNS, rows, meta), meta, text: undefined }
}

function metaJson({ firstSeq, sealed, producers, types, sources }: ChunkMeta): string {
  return (
    `{"firstSeq":${firstSeq},"sealed":${sealed},"producers":${list(producers, ([code, id]) => `[${code},${quote(id)}]`)},` +
    `"types":${tableJson(types)},"sources":${tableJson(sources)}}`
  )
}

function readMeta(set: SectionSet): ChunkMeta {
  const meta = record(set.json(Section.meta), 'meta')
  const seen = new Set<number>()
  return {
    firstSeq: whole(meta.firstSeq, 0, Number.MAX_SAFE_INTEGER, 'meta.firstSeq'),
    sealed: flag(meta.sealed, 'meta.sealed'),
    producers: array(meta.producers, 0x10000, 'meta.producers').map((entry, i) => {
      const where = `meta.producers, entry ${i}`
      const [code, id] = array(entry, 2, where)
      if (!isProducerId(id)) throw new WireError('not a producer id', where)
      if (seen.has(code as number)) throw new WireError(`${code} is there twice`, where)
      seen.add(code as number)
      return [whole(code, 0, 0xffff, where), id]
    }),
    types: readTable(meta.types, 'meta.types'),
    sources: readTable(meta.sources, 'meta.sources'),
  }
}
