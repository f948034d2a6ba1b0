import type { AttachmentInfo } from '../model/session'
import type { Batch, BatchMeta } from './columns'
import { columnSections, jsonSection, tableJson, withTexts } from './columns-encode'
import { Holds, section, writeContainer } from './container'
import { list, number, quote } from './json-text'
import { Section } from './sections'

/**
 * Encodes a batch. Columns may be longer than `count`, and `text` longer than the last payload; what is too much is not sent. Columns of
 * zeros and empty lists are left out. Runs in the page.
 */
export function encodeBatch(batch: Batch): ArrayBuffer {
  const { count, keyframes, late, gaps, marks } = batch
  const sections = columnSections(batch, metaJson(batch.meta))
  const textBytes = count === 0 ? 0 : batch.payloadEnds[count - 1]!
  if (textBytes > 0) sections.push(section(Section.text, batch.text.subarray(0, textBytes)))
  if (keyframes.length > 0) {
    sections.push(
      withTexts(
        Section.keyframes,
        keyframes,
        k => `${quote(k.producer)},${k.afterN},${k.take},${number(k.time)},${quote(k.state)},${quote(k.why)}`,
      ),
    )
  }
  if (late.length > 0) {
    sections.push(
      jsonSection(
        Section.late,
        list(late, l => `[${l.n},${number(l.duration)},${l.flags}]`),
      ),
    )
  }
  if (gaps.length > 0) {
    const json = list(
      gaps,
      g => `[${quote(g.producer)},${g.fromN},${g.toN},${quote(g.reason)},${number(g.from)},${number(g.to)}]`,
    )
    sections.push(jsonSection(Section.gaps, json))
  }
  if (marks.length > 0) {
    const json = list(marks, m => {
      const data = m.data === undefined ? '' : `,${quote(m.data)}`
      return `[${number(m.time)},${quote(m.kind)},${quote(m.name)},${quote(m.producer)},${m.afterN}${data}]`
    })
    sections.push(jsonSection(Section.marks, json))
  }
  for (const unknown of batch.unknown) sections.push(unknown)
  return writeContainer(Holds.batch, count, sections)
}

function metaJson(meta: BatchMeta): string {
  const { producer, batch, emitted, types, sources, attachments } = meta
  return (
    `{"producer":${quote(producer)},"batch":${batch},"emitted":${emitted},"types":${tableJson(types)},` +
    `"sources":${tableJson(sources)},"attachments":${list(attachments, attachmentJson)}}`
  )
}

function attachmentJson({ id, name, source, replay }: AttachmentInfo): string {
  return `{"id":${id},"name":${quote(name)},"source":${quote(source)},"replay":${replay}}`
}
