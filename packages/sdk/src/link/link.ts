import type { Level } from '@playhead/shared/model/event'
import type { Gap } from '@playhead/shared/model/gap'
import type { DescriptionInfo, SchemaInfo } from '@playhead/shared/model/session'
import type { FromPage, HelloMessage, ReplayCommand, ToPage } from '@playhead/shared/wire/messages'
import { parseToPage } from '@playhead/shared/wire/parse-to-page'
import type { Delivery } from '../delivery/delivery'
import { guard } from '../page/guard'
import { listen, now, postToPort, wall, warnOnce } from '../page/natives'
import { setTimer } from '../page/timers'
import type { ReplayFeature } from '../recorder/extensions'
import type { EngineLink } from '../recorder/panel-connection'

/** So many bytes may be sent and not yet taken in by the engine; what comes on top waits in the buffer. */
const IN_FLIGHT = 8 << 20
/** The link looks for a sign of the engine this often, every so many ms; where it finds none each time, the engine is gone. */
const LOOKS = 5
const LOOK_EVERY = 1000

/** What a link is handed to tell and ask the recorder. */
export interface LinkDelegate {
  readonly delivery: Delivery
  /** The highest number given to an event. */
  readonly emitted: number
  hello(): HelloMessage
  schemas(): SchemaInfo[]
  descriptions(): DescriptionInfo[]
  encodeGaps(gaps: Gap[]): ArrayBuffer
  /** Closes the open batch, which puts it into the buffer. */
  closeOpen(): void
  /** Called when the engine has said what it has and the buffer's batches are on their way. */
  welcomed(): void
  configure(recording: boolean, level: Level | null): void
  keyframes(): void
  /** Called when the panel has the artifact with that number on disk. */
  kept(id: number): void
  /** Parses commands of a replay. Undefined where the app did not add `replay()`: commands are malformed messages then. */
  readonly parseReplay: ReplayFeature['parse'] | undefined
  replay(command: ReplayCommand): void
}

/**
 * One connection of the recorder to one engine, over one MessagePort.
 *
 *     recorder                                        engine
 *        ── hello, schemas, describe ───────────────▶            who records here, and what of it is known
 *        ◀─────────────── welcome { accepted, … } ───            what the engine has: the link is open
 *        ── batch, batch, batch … ──────────────────▶            what it lacks, in the order of the events, gaps in between
 *        ◀─────────── ack { accepted, persisted } ───            taken in; on disk
 *        ◀─────────────────────────────────── ping ──
 *        ── pong ───────────────────────────────────▶
 *        ◀──────────────────────────────── closed ───            or silence, or another link takes this one's place
 *
 * Unacknowledged bytes are capped at 8 MiB. Above that nothing is sent until an ack comes; the bounded buffer fills meanwhile, and what
 * falls out of it becomes a gap. What was not acknowledged when a link ends stays in the buffer for the next link.
 *
 * A MessagePort does not tell that its other end is gone. While something is under way, the link therefore looks every second whether
 * anything came since it looked last; the fifth look in vain ends it. It counts looks and not time: a page that was frozen, or stopped in a
 * debugger, handles what came meanwhile before it looks again.
 */
export class Link implements EngineLink {
  /** Counts the messages that could not be parsed. */
  malformed = 0
  open = false
  private closed = false
  private readonly inFlight: { lastN: number; bytes: number }[] = []
  private bytesInFlight = 0
  /** The highest number that this engine is known to have taken in. */
  private accepted = 0
  private looks = 0
  private looking = false
  /** Stops listening to the port. */
  private readonly deaf: () => void

  constructor(
    private readonly port: MessagePort,
    /** The nonce of the offer that this link answers; empty where the app handed the port over. */
    readonly nonce: string,
    private readonly delegate: LinkDelegate,
    /** Called once, when the link has ended. `silent`: the other side did not say that it goes. */
    private readonly lost: (link: Link, silent: boolean) => void,
  ) {
    this.deaf = listen(port, 'message', (event: MessageEvent) => this.receive(event.data))
    port.start()
    // An open port would keep a Node process running.
    ;(port as { unref?: () => void }).unref?.()
    this.post(delegate.hello())
    this.tellSchemas()
    this.tellDescriptions()
  }

  readonly later = setTimer

  readonly schemas = together(() => this.tellSchemas())

  readonly describe = together(() => this.tellDescriptions())

  private tellSchemas(): void {
    const schemas = this.delegate.schemas()
    if (schemas.length > 0) this.post({ t: 'schemas', schemas })
  }

  private tellDescriptions(): void {
    const types = this.delegate.descriptions()
    if (types.length > 0) this.post({ t: 'describe', types })
  }

  pump(): void {
    if (!this.open) return
    const { delivery } = this.delegate
    for (;;) {
      const batch = delivery.next()
      const gaps = delivery.takeGaps(batch ? batch.firstN : Number.POSITIVE_INFINITY)
      if (gaps.length > 0) this.post({ t: 'batch', data: this.delegate.encodeGaps(gaps) })
      if (batch === undefined || this.bytesInFlight >= IN_FLIGHT) return
      const data = batch.data()
      const bytes = data.byteLength
      if (!this.post({ t: 'batch', data }, batch.fresh ? [data] : [])) return
      delivery.sent()
      // The engine has these events already and no ack will come for the batch, which has only keyframes, marks or late durations.
      if (batch.lastN <= this.accepted) continue
      this.inFlight.push({ lastN: batch.lastN, bytes })
      this.bytesInFlight += bytes
      this.look()
    }
  }

  post(message: FromPage, transfer: Transferable[] = []): boolean {
    if (this.closed) return false
    try {
      postToPort(this.port, message, transfer)
      return true
    } catch {
      return false
    }
  }

  drop(silent = false): void {
    if (this.closed) return
    this.closed = true
    this.open = false
    this.deaf()
    try {
      this.port.close()
    } catch {
      // The port was closed already.
    }
    this.lost(this, silent)
  }

  /** Begins to look for signs of the engine, and goes on as long as something is under way. */
  private look(): void {
    if (this.looking) return
    this.looking = true
    this.looks = 0
    const again = () => {
      if (this.closed || this.inFlight.length === 0) this.looking = false
      else if (++this.looks >= LOOKS) this.drop(true)
      else setTimer(again, LOOK_EVERY)
    }
    setTimer(again, LOOK_EVERY)
  }

  private receive(data: unknown): void {
    let message: ToPage
    try {
      message = parseToPage(data, this.delegate.parseReplay)
    } catch {
      this.malformed++
      return
    }
    this.looks = 0
    try {
      this.handle(message)
    } catch (error) {
      warnOnce('a message from the panel could not be handled', error)
    }
  }

  private handle(message: ToPage): void {
    const { delegate } = this
    switch (message.t) {
      case 'welcome': {
        // The configuration comes first: where it ends a pause, that is a gap that `resume` must know.
        delegate.configure(message.recording, message.level)
        // A second welcome on the same link repeats what the engine has; what was sent since is under way and will arrive.
        if (this.open) {
          this.acknowledge(message.accepted, message.persisted)
          return
        }
        delegate.closeOpen()
        const accepted = Math.min(message.accepted, delegate.emitted)
        delegate.delivery.resume(accepted, Math.min(message.persisted, accepted), delegate.emitted)
        this.accepted = accepted
        this.open = true
        this.pump()
        delegate.welcomed()
        return
      }
      case 'ack':
        this.acknowledge(message.accepted, message.persisted)
        return
      case 'kept':
        delegate.kept(message.id)
        return
      case 'ping':
        this.post({ t: 'pong', id: message.id, now: now(), wall: wall(), accepted: delegate.emitted })
        return
      case 'configure':
        delegate.configure(message.recording, message.level)
        this.pump()
        return
      case 'keyframe':
        delegate.keyframes()
        return
      case 'replay':
        delegate.replay(message)
        return
      case 'closed':
        this.drop()
    }
  }

  private acknowledge(given: number, persisted: number): void {
    const { delegate, inFlight } = this
    const accepted = Math.min(given, delegate.emitted)
    delegate.delivery.acknowledge(accepted, Math.min(persisted, accepted))
    this.accepted = Math.max(this.accepted, accepted)
    while (inFlight.length > 0 && (inFlight[0] as { lastN: number }).lastN <= accepted) {
      this.bytesInFlight -= (inFlight.shift() as { bytes: number }).bytes
    }
    this.pump()
  }
}

/** Bundles the calls of one task into one run in the next task. Each message has the whole list, so that one is enough. */
function together(run: () => void): () => void {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setTimer(() => {
      waiting = false
      guard(run)
    }, 0)
  }
}
