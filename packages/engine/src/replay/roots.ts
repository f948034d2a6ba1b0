import { CAUSE_KINDS, Flag } from '@playhead/shared/model/event'
import type { AttachmentInfo } from '@playhead/shared/model/session'
import type { LogChunk, LogReader } from '../log/reader'

const UNKNOWN = CAUSE_KINDS.indexOf('unknown')

/** How a replay treats an event. */
export interface Standing {
  /** The replay emits it: it is an input, or its cause is unknown. */
  root: boolean
  /** Its cause is unknown and it was not marked as input: a timer or a request may have caused it. */
  rootless: boolean
}

/** How a replay treats the event in one row. `consequences`: types that have a cause according to the user, though none was recorded. */
export function standingOf(log: LogReader, chunk: LogChunk, row: number, consequences: ReadonlySet<string>): Standing {
  const input = ((chunk.flags[row] as number) & Flag.input) !== 0
  const rootless = !input && chunk.causeKind[row] === UNKNOWN
  const type = log.types[chunk.type[row] as number] as string
  return { root: input || (rootless && !consequences.has(type)), rootless }
}

/** The attachments of a producer by their number, which is what an event's `via` column holds. */
export function attachmentsOf(log: LogReader, producer: number): Map<number, AttachmentInfo> {
  const id = log.producers[producer]
  const info = log.session.producers.find(candidate => candidate.id === id)
  return new Map(info?.attachments.map(attachment => [attachment.id, attachment]))
}

/** A set of a producer's events that spreads along causes: an event belongs to it when it was added, or when its cause belongs to it. */
export class LeftOut {
  /** Numbers (`n`) of the events. */
  private readonly numbers = new Set<number>()

  add(chunk: LogChunk, row: number): void {
    this.numbers.add(chunk.n[row] as number)
  }

  /** Whether the event's cause belongs to the set; if so, the event is added. Ask about events in order, causes first. */
  followed(chunk: LogChunk, row: number): boolean {
    if (chunk.causeKind[row] === UNKNOWN || !this.numbers.has(chunk.causeN[row] as number)) return false
    this.add(chunk, row)
    return true
  }
}
