import type { ToPage } from '@playhead/shared/wire/messages'
import type { ProducerLog } from '../log/producer-log'
import type { LiveSession } from '../sessions/live-session'

/** An acknowledgement is sent after so many batches of a link, or so many ms after the first, whichever comes first. */
const BATCHES = 8
const DELAY = 20

/** What the recorder of one link was told last. */
export interface Acked {
  live: LiveSession
  producer: ProducerLog
  /** Every event up to this n is in the log, or known to be missing. */
  accepted: number
  /** Every event up to this n is on disk, or known to be missing. */
  persisted: number
  /** Batches taken in since then. */
  batches: number
}

/**
 * Tells recorders what has arrived (`accepted`) and what is on disk (`persisted`). A recorder limits how much is under way, and sends again
 * over a new link what the engine does not have. One message answers many batches and writes.
 */
export class Acks {
  private readonly links = new Map<number, Acked>()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly send: (link: number, message: ToPage) => void) {}

  /** From now on acknowledges the producer's events on this link. `told` is what the welcome said already. */
  follow(link: number, live: LiveSession, producer: ProducerLog, told: { accepted: number; persisted: number }): void {
    this.links.set(link, { live, producer, ...told, batches: 0 })
  }

  /** Sends nothing more on this link. */
  drop(link: number): void {
    this.links.delete(link)
  }

  /** Counts a batch that was taken in, and sees to it that it is acknowledged in time. */
  batch(link: number): void {
    const acked = this.links.get(link)
    if (!acked) return
    if (++acked.batches >= BATCHES) this.tell(link, acked)
    else this.timer ??= setTimeout(() => this.flush(), DELAY)
  }

  /** Sends every link the numbers that it does not know yet. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    for (const [link, acked] of this.links) this.tell(link, acked)
  }

  private tell(link: number, acked: Acked): void {
    const accepted = acked.producer.covered
    const persisted = acked.live.persisted(acked.producer.code)
    // A batch that brought nothing new is answered too: the recorder counts the batches that are under way.
    const owed = acked.batches > 0
    acked.batches = 0
    if (!owed && accepted === acked.accepted && persisted === acked.persisted) return
    acked.accepted = accepted
    acked.persisted = persisted
    this.send(link, { t: 'ack', accepted, persisted })
  }
}
