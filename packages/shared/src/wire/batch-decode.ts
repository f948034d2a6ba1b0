import { FLAG_NAMES } from '../model/event'
import { GAP_REASONS, type Gap } from '../model/gap'
import { MAX_N } from '../model/id'
import { type Keyframe, MARK_KINDS, type Mark } from '../model/session'
import { finite, oneOf, producerId, record, text, whole } from './check'
import { LOG_COLUMNS } from './column-set'
import { COLUMNS } from './column-table'
import type { Batch, BatchMeta, LateFact } from './columns'
import { readEvents, readTable } from './columns-decode'
import { Holds } from './container'
import { readContainer } from './container-read'
import { WireError } from './error'
import { Limits } from './limits'
import { readAttachments } from './read-attachments'
import { SectionSet } from './section-set'
import { Section } from './sections'

const NOT_IN_BATCHES = new Set<number>(LOG_COLUMNS.map(name => COLUMNS[name].section))
const FLAGS = (1 << FLAG_NAMES.length) - 1
const WHY = ['start', 'request', 'end'] as const

/** Decodes a batch and checks everything. Columns and text are views into `buffer`. Throws WireError. */
export function decodeBatch(buffer: ArrayBuffer): Batch {
  const { rows, sections } = readContainer(buffer, Holds.batch)
  if (rows > Limits.batchEvents)
    throw new WireError(`${rows} events, at most ${Limits.batchEvents} are allowed`, 'batch')
  const set = new SectionSet(sections, NOT_IN_BATCHES)
  const others = buffer.byteLength - (set.bytes(Section.keyframes)?.length ?? 0)
  if (others > 2 * Limits.batchBytes) throw new WireError(`${others} bytes without keyframes`, 'batch')
  if (set.facets.length > 2 * Limits.facets) throw new WireError(`${set.facets.length} facets`, 'batch')
  const meta = readMeta(set)
  const batch: Batch = {
    ...readEvents(set, rows, meta),
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
  return {
    producer: producerId(meta.producer, 'meta.producer'),
    batch: whole(meta.batch, 1, MAX_N, 'meta.batch'),
    emitted: whole(meta.emitted, 0, MAX_N, 'meta.emitted'),
    types: readTable(meta.types, 'meta.types'),
    sources: readTable(meta.sources, 'meta.sources'),
    attachments: readAttachments(meta.attachments, 'meta.attachments'),
  }
}

function readKeyframes(set: SectionSet): Keyframe[] {
  return set
    .tuplesWithText(Section.keyframes)
    .map(({ tuple: [producer, afterN, take, time, state, why], text: json }, i) => {
      const where = `keyframes, entry ${i}`
      return {
        producer: producerId(producer, where),
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
    // The log keeps 32-bit floats. A larger number would be infinite there, and the chunk could not be read.
    if (!(ms >= 0 && Math.fround(ms) < Number.POSITIVE_INFINITY)) throw new WireError('no duration', where)
    return { n: whole(n, 1, MAX_N, where), duration: ms, flags: whole(flags, 0, FLAGS, where) }
  })
}

function readGaps(set: SectionSet): Gap[] {
  return set.tuples(Section.gaps).map(([producer, from, to, reason, start, end], i) => {
    const where = `gaps, entry ${i}`
    const fromN = whole(from, 1, MAX_N, where)
    const toN = whole(to, fromN, MAX_N, where)
    return {
      producer: producerId(producer, where),
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
      // A kind that nobody knows, of a newer recorder or of a caller without a type checker, must not cost the batch.
      kind: MARK_KINDS.find(known => known === kind) ?? 'custom',
      name: text(name, Limits.title, where),
      producer: producerId(producer, where),
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
