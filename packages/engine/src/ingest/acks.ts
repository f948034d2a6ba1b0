import type { ToPage } from '@playhead/shared/wire/messages'
import type { ProducerLog } from '../log/producer-log'
import type { LiveSession } from '../sessions/live-session'

/** Batches and ms after which an acknowledgement goes out at the latest. */
const BATCHES = 8
const DELAY = 20

/** What one link has been told. */
export interface Acked {
  live: LiveSession
  producer: ProducerLog
  accepted: number
  persisted: number
  /** Batches taken in since. */
  batches: number
}

/** Acknowledgements of the links, gathered: one message says what many batches and writes brought. */
export class Acks {
  private readonly links = new Map<number, Acked>()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly send: (link: number, message: ToPage) => void) {}

  /** From now on the link is told what is taken in of the producer. `told`: by the welcome. */
  follow(link: number, live: LiveSession, producer: ProducerLog, told: { accepted: number; persisted: number }): void {
    this.links.set(link, { live, producer, ...told, batches: 0 })
  }

  drop(link: number): void {
    this.links.delete(link)
  }

  batch(link: number): void {
    const acked = this.links.get(link)
    if (!acked) return
    if (++acked.batches >= BATCHES) this.tell(link, acked)
    else this.timer ??= setTimeout(() => this.flush(), DELAY)
  }

  /** Tells every link what it does not know yet. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    for (const [link, acked] of this.links) this.tell(link, acked)
  }

  private tell(link: number, acked: Acked): void {
    const accepted = acked.producer.covered
    const persisted = acked.live.persisted(acked.producer.code)
    // Every batch is answered, also one that brought nothing new: its recorder counts what is under way.
    const owed = acked.batches > 0
    acked.batches = 0
    if (!owed && accepted === acked.accepted && persisted === acked.persisted) return
    acked.accepted = accepted
    acked.persisted = persisted
    this.send(link, { t: 'ack', accepted, persisted })
  }
}
