import { BATCH_COLUMNS } from './column-set'
import { COLUMNS, type ColumnArray, type ColumnName } from './column-table'
import type { EventColumns, FacetColumn, StringTable } from './columns'
import { padded, type SectionData, section } from './container'
import { list, number, quote, utf8 } from './json-text'
import { Section } from './sections'

/**
 * Makes the sections of what batches and chunks have in common; `meta` is JSON text. The layouts of version 1:
 *
 *     columns, text       rows × element; the bytes
 *     facetText           rows × u16, padding to 8, JSON [name, [value, …]]
 *     facetNumber         rows × f64, name
 *     patches, keyframes  JSON [[…, bytes of its text], …] (length in `param`), then the texts; see `withTexts`
 *     all others          JSON, a list of lists
 */
export function columnSections(columns: EventColumns, meta: string): SectionData[] {
  const { count } = columns
  const sections = [section(Section.meta, utf8(meta))]
  for (const name of BATCH_COLUMNS) {
    if (!isZero(columns[name], count)) sections.push(columnSection(columns[name], count, name))
  }
  for (const facet of columns.facets) sections.push(facetSection(facet, count))
  const { moreCauses, patches, foreignIds, artifacts, originalSizes } = columns
  if (moreCauses.length > 0) {
    sections.push(
      jsonSection(
        Section.moreCauses,
        list(moreCauses, c => `[${c.row},${quote(c.id)},${c.kind}]`),
      ),
    )
  }
  if (patches.length > 0) {
    sections.push(withTexts(Section.patches, patches, patch => `${patch.row},${quote(patch.state)}`))
  }
  if (foreignIds.length > 0) {
    sections.push(
      jsonSection(
        Section.foreignIds,
        list(foreignIds, f => `[${f.row},${quote(f.id)}]`),
      ),
    )
  }
  if (artifacts.length > 0) {
    sections.push(
      jsonSection(
        Section.artifacts,
        list(artifacts, a => `[${a.row},${quote(a.ref)}]`),
      ),
    )
  }
  if (originalSizes.length > 0) {
    sections.push(
      jsonSection(
        Section.originalSizes,
        list(originalSizes, o => `[${o.row},${number(o.bytes)}]`),
      ),
    )
  }
  return sections
}

export function columnSection(column: ColumnArray, count: number, name: ColumnName): SectionData {
  return section(COLUMNS[name].section, bytesOf(column, count))
}

function bytesOf(column: ColumnArray, count: number): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, count * column.BYTES_PER_ELEMENT)
}

export function jsonSection(kind: number, json: string): SectionData {
  return section(kind, utf8(json))
}

/**
 * Makes a section of items with texts. `write` writes the members of an item without brackets; the size of its text follows as the last
 * one.
 */
export function withTexts<T extends { json: string }>(
  kind: number,
  items: readonly T[],
  write: (item: T) => string,
): SectionData {
  const texts = items.map(item => utf8(item.json))
  let i = 0
  const head = utf8(list(items, item => `[${write(item)},${texts[i++]!.length}]`))
  let at = head.length
  for (const text of texts) at += text.length
  const bytes = new Uint8Array(at)
  bytes.set(head)
  at = head.length
  for (const text of texts) {
    bytes.set(text, at)
    at += text.length
  }
  return section(kind, bytes, head.length)
}

export function tableJson(table: StringTable): string {
  return list(table, entry => `[${entry[0]},${quote(entry[1])}]`)
}

function facetSection(facet: FacetColumn, count: number): SectionData {
  const isText = facet.form === 'text'
  const column = isText ? bytesOf(facet.codes, count) : bytesOf(facet.values, count)
  const rest = utf8(isText ? `[${quote(facet.name)},${list(facet.values, quote)}]` : facet.name)
  const start = padded(column.length)
  const bytes = new Uint8Array(start + rest.length)
  bytes.set(column)
  bytes.set(rest, start)
  return section(isText ? Section.facetText : Section.facetNumber, bytes)
}

function isZero(column: ArrayLike<number>, count: number): boolean {
  for (let i = 0; i < count; i++) if (column[i] !== 0) return false
  return true
}
