import { Flag } from '../model/event'
import { GAP_REASONS, type Gap } from '../model/gap'
import { isProducerId, MAX_N, type ProducerId } from '../model/id'
import type { AttachmentInfo, Keyframe, Mark } from '../model/session'
import { array, finite, flag, oneOf, record, text, whole } from './check'
import type { Batch, BatchMeta, LateFact } from './columns'
import { readColumns, readTable } from './columns-decode'
import { Holds } from './container'
import { readContainer } from './container-read'
import { WireError } from './error'
import { Limits } from './limits'
import { Section } from './sections'
import { SectionSet } from './section-set'

const NOT_IN_BATCHES = new Set<number>([Section.producer])
const FLAGS = Object.values(Flag).reduce((all, bit) => all | bit, 0)
const WHY = ['start', 'request', 'end'] as const
const MARK_KINDS = ['navigation', 'run', 'phase', 'trial', 'turn', 'day', 'custom'] as const
const NAME = 512

/** A batch from its bytes, everything checked. Columns and text are views into `buffer`. Throws WireError. */
export function decodeBatch(buffer: ArrayBuffer): Batch {
  const { rows, sections } = readContainer(buffer, Holds.batch)
  if (rows > Limits.batchEvents)
    throw new WireError(`${rows} events, at most ${Limits.batchEvents} are allowed`, 'batch')
  const set = new SectionSet(sections, NOT_IN_BATCHES)
  const others = buffer.byteLength - (set.bytes(Section.keyframes)?.length ?? 0)
  if (others > 2 * Limits.batchBytes) throw new WireError(`${others} bytes without keyframes`, 'batch')
  if (set.facets.length > 2 * Limits.facets) throw new WireError(`${set.facets.length} facets`, 'batch')
  const meta = readMeta(set)
  const events = readColumns(set, rows, meta.types, meta.sources)
  const batch: Batch = {
    ...events,
    meta,
    text: set.bytes(Section.text) ?? new Uint8Array(0),
    keyframes: readKeyframes(set),
    late: readLate(set),
    gaps: readGaps(set),
    marks: readMarks(set),
  }
  checkOrder(batch)
  checkText(batch)
  return batch
}

function readMeta(set: SectionSet): BatchMeta {
  const meta = record(set.json(Section.meta), 'meta')
  const seen = new Set<number>()
  return {
    producer: producerOf(meta.producer, 'meta.producer'),
    batch: whole(meta.batch, 1, MAX_N, 'meta.batch'),
    emitted: whole(meta.emitted, 0, MAX_N, 'meta.emitted'),
    types: readTable(meta.types, 'meta.types'),
    sources: readTable(meta.sources, 'meta.sources'),
    attachments: array(meta.attachments, Limits.attachments, 'meta.attachments').map((entry, i) => {
      const attachment = readAttachment(entry, `meta.attachments, entry ${i}`)
      if (seen.has(attachment.id))
        throw new WireError(`${attachment.id} is there twice`, `meta.attachments, entry ${i}`)
      seen.add(attachment.id)
      return attachment
    }),
  }
}

export function readAttachment(value: unknown, where: string): AttachmentInfo {
  const { id, name, source, replay } = record(value, where)
  return {
    id: whole(id, 1, Limits.attachments, where),
    name: text(name, Limits.name, where),
    source: text(source, Limits.name, where),
    replay: flag(replay, where),
  }
}

function readKeyframes(set: SectionSet): Keyframe[] {
  return set
    .tuplesWithText(Section.keyframes)
    .map(({ tuple: [producer, afterN, take, time, state, why], text: json }, i) => {
      const where = `keyframes, entry ${i}`
      return {
        producer: producerOf(producer, where),
        afterN: whole(afterN, 0, MAX_N, where),
        take: whole(take, 0, 0xffff, where),
        time: finite(time, where),
        state: text(state, Limits.name, where),
        json: text(json, Limits.keyframe, where),
        why: oneOf(why, WHY, where),
      }
    })
}

function readLate(set: SectionSet): LateFact[] {
  return set.tuples(Section.late).map(([n, duration, flags], i) => {
    const where = `late, entry ${i}`
    const ms = finite(duration, where)
    if (ms < 0) throw new WireError('a duration is at least 0', where)
    return { n: whole(n, 1, MAX_N, where), duration: ms, flags: whole(flags, 0, FLAGS, where) }
  })
}

function readGaps(set: SectionSet): Gap[] {
  return set.tuples(Section.gaps).map(([producer, from, to, reason, start, end], i) => {
    const where = `gaps, entry ${i}`
    const fromN = whole(from, 1, MAX_N, where)
    const toN = whole(to, fromN, MAX_N, where)
    return {
      producer: producerOf(producer, where),
      fromN,
      toN,
      reason: oneOf(reason, GAP_REASONS, where),
      count: toN - fromN + 1,
      from: finite(start, where),
      to: finite(end, where),
    }
  })
}

function readMarks(set: SectionSet): Mark[] {
  return set.tuples(Section.marks).map(([time, kind, name, producer, afterN, data], i) => {
    const where = `marks, entry ${i}`
    const mark: Mark = {
      time: finite(time, where),
      kind: oneOf(kind, MARK_KINDS, where),
      name: text(name, NAME, where),
      producer: producerOf(producer, where),
      afterN: whole(afterN, 0, MAX_N, where),
    }
    if (data !== undefined) mark.data = text(data, Limits.eventBytes, where)
    return mark
  })
}

function checkOrder({ count, n, meta }: Batch): void {
  for (let row = 1; row < count; row++) {
    if (n[row]! <= n[row - 1]!) throw new WireError(`${n[row]} follows ${n[row - 1]}`, `n, row ${row}`)
  }
  if (count > 0 && meta.emitted < n[count - 1]!)
    throw new WireError(`${meta.emitted} is below the last event's number`, 'meta.emitted')
}

function checkText({ count, payloadEnds, text: bytes }: Batch): void {
  if (bytes.length > Limits.batchBytes)
    throw new WireError(`${bytes.length} bytes, at most ${Limits.batchBytes}`, 'text')
  let start = 0
  for (let row = 0; row < count; row++) {
    const end = payloadEnds[row]!
    if (end > bytes.length)
      throw new WireError(`${end} is behind the text's ${bytes.length} bytes`, `payloadEnds, row ${row}`)
    if (end - start > Limits.eventBytes) {
      throw new WireError(
        `payload of ${end - start} bytes, at most ${Limits.eventBytes} are allowed`,
        `text, row ${row}`,
      )
    }
    start = end
  }
}

function producerOf(value: unknown, where: string): ProducerId {
  if (!isProducerId(value)) throw new WireError('not a producer id', where)
  return value
}
