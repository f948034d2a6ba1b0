import { CAUSE_KINDS, Flag } from '@playhead/shared/model/event'
import type { AttachmentInfo } from '@playhead/shared/model/session'
import type { LogChunk, LogReader } from '../log/reader'

const UNKNOWN = CAUSE_KINDS.indexOf('unknown')

/** What an event is to a replay. */
export interface Standing {
  /** Nothing known brought it about. */
  root: boolean
  /** A root that was not marked as input: perhaps a timer's or a request's doing. */
  rootless: boolean
}

/** `consequences`: types which the user says follow from others, whatever the recorder knows. */
export function standingOf(log: LogReader, chunk: LogChunk, row: number, consequences: ReadonlySet<string>): Standing {
  const input = ((chunk.flags[row] as number) & Flag.input) !== 0
  const rootless = !input && chunk.causeKind[row] === UNKNOWN
  const type = log.types[chunk.type[row] as number] as string
  return { root: input || (rootless && !consequences.has(type)), rootless }
}

/** Through which attachment each event of a producer was recorded, by the number in its `via` column. */
export function attachmentsOf(log: LogReader, producer: number): Map<number, AttachmentInfo> {
  const id = log.producers[producer]
  const info = log.session.producers.find(candidate => candidate.id === id)
  return new Map(info?.attachments.map(attachment => [attachment.id, attachment]))
}

/** Numbers of events of one producer, and of what followed from them, that a replay neither brings about nor can judge. */
export class LeftOut {
  private readonly numbers = new Set<number>()

  add(chunk: LogChunk, row: number): void {
    this.numbers.add(chunk.n[row] as number)
  }

  /** True, and the event is left out too, where its cause is. */
  followed(chunk: LogChunk, row: number): boolean {
    if (chunk.causeKind[row] === UNKNOWN || !this.numbers.has(chunk.causeN[row] as number)) return false
    this.add(chunk, row)
    return true
  }
}
