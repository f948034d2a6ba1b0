import { type EventId, eventId, type ProducerId, parseEventId } from '@playhead/shared/model/id'
import type { Rows } from './rows'

/** The kinds of cause that a recorder knows, as indices into CAUSE_KINDS. */
export const UNKNOWN = 0
export const SYNCHRONOUS = 1
export const EXPLICIT = 2
/** Further causes of one event are left out. */
const MOST_CAUSES = 16

/**
 * The stack of what is being dispatched now, with one frame for each recorded dispatch and each `within`. Events that are not recorded push
 * nothing, so that the top is always the nearest recorded ancestor.
 *
 *     depth   0        1          2
 *     n       0        17         18        18 was emitted while 17 was dispatched, which came from outside
 *     kind    unknown  sync       sync
 */
export class DispatchStack {
  depth = 0
  /** When each dispatch began, in ms on the producer's clock. */
  readonly starts: number[] = [0]
  readonly numbers: number[] = [0]
  private readonly kinds: number[] = [UNKNOWN]
  private readonly foreign: EventId[] = ['']

  constructor(private readonly producer: ProducerId) {}

  /** The number of the event that is being dispatched; 0 where there is none, or it is an event of another producer. */
  get n(): number {
    return this.numbers[this.depth] as number
  }

  get kind(): number {
    return this.kinds[this.depth] as number
  }

  /** The id of the cause, where that is an event of another producer; empty otherwise. */
  get elsewhere(): EventId {
    return this.foreign[this.depth] as EventId
  }

  get id(): EventId | undefined {
    return this.n > 0 ? eventId(this.producer, this.n) : this.elsewhere || undefined
  }

  push(n: number, start: number): void {
    const depth = ++this.depth
    this.starts[depth] = start
    this.numbers[depth] = n
    this.kinds[depth] = SYNCHRONOUS
    this.foreign[depth] = ''
  }

  /** Makes `cause` the cause of what follows. Undefined, or a text that is no id: what follows has no cause. */
  pushCause(cause: EventId | undefined): void {
    const own = cause === undefined ? undefined : parseEventId(cause)
    const here = own !== undefined && own.producer === this.producer
    const depth = ++this.depth
    this.numbers[depth] = here ? own.n : 0
    this.kinds[depth] = own === undefined ? UNKNOWN : EXPLICIT
    this.foreign[depth] = own === undefined || here ? '' : (cause as EventId)
  }
}

/**
 * Writes the causes that the app named into a row. The first one that is an event of `producer` is the main one. Texts that are no ids are
 * left out.
 */
export function explicitCauses(rows: Rows, row: number, causedBy: readonly EventId[], producer: ProducerId): void {
  const { causeKind, causeN } = rows.columns
  for (let i = 0; i < causedBy.length && i < MOST_CAUSES; i++) {
    const id = causedBy[i] as EventId
    const cause = typeof id === 'string' ? parseEventId(id) : undefined
    if (!cause) continue
    causeKind[row] = EXPLICIT
    if (cause.producer === producer && causeN[row] === 0) causeN[row] = cause.n
    else rows.moreCauses.push({ row, id, kind: EXPLICIT })
  }
}
