import type { Level } from '@playhead/shared/model/event'
import type { Gap } from '@playhead/shared/model/gap'
import type { DescriptionInfo, SchemaInfo } from '@playhead/shared/model/session'
import type { FromPage, HelloMessage, ReplayCommand, ToPage } from '@playhead/shared/wire/messages'
import { parseToPage } from '@playhead/shared/wire/parse-to-page'
import type { Delivery } from '../delivery/delivery'
import { guard } from '../page/guard'
import { now, postToPort, setTimer, wall, warnOnce } from '../page/natives'
import type { ReplayFeature } from '../recorder/extensions'
import type { EngineLink } from '../recorder/panel-connection'

/** Bytes sent and not yet taken in by the engine; what comes on top waits in the buffer. */
const IN_FLIGHT = 8 << 20
/** Looks, and ms between them, without an ack, ping or anything else while something is under way: nobody is there any more. */
const LOOKS = 5
const LOOK_EVERY = 1000

/** The recorder, for its link. */
export interface LinkedRecorder {
  readonly delivery: Delivery
  readonly emitted: number
  hello(): HelloMessage
  schemas(): SchemaInfo[]
  descriptions(): DescriptionInfo[]
  encodeGaps(gaps: Gap[]): ArrayBuffer
  /** Puts the open batch into the buffer. */
  closeOpen(): void
  /** The buffer's batches are on their way. */
  welcomed(): void
  configure(recording: boolean, level: Level | null): void
  keyframes(): void
  /** The panel has an artifact on disk. */
  kept(id: number): void
  /** Undefined: the page cannot replay; commands are no messages then. */
  readonly parseReplay: ReplayFeature['parse'] | undefined
  replay(command: ReplayCommand): void
}

/**
 * One connection to one engine: hello → welcome → batches and acks, in the order of the events. It ends when the other side says so or
 * falls silent, or another link replaces it; what was not acknowledged stays in the buffer for the next one. Silence is counted in looks,
 * not by the clock: a page that was frozen or stopped in a debugger finds what came meanwhile before it looks again.
 */
export class Link implements EngineLink {
  /** Messages that were none of ours. */
  malformed = 0
  open = false
  private closed = false
  private readonly inFlight: { lastN: number; bytes: number }[] = []
  private bytesInFlight = 0
  /** Highest number known to be taken in. */
  private accepted = 0
  private looks = 0
  private looking = false

  constructor(
    private readonly port: MessagePort,
    /** Name of the window handshake's nonce; empty for other doors. */
    readonly nonce: string,
    private readonly recorder: LinkedRecorder,
    /** `silent`: the other side did not say why. */
    private readonly lost: (link: Link, silent: boolean) => void,
  ) {
    port.onmessage = event => this.receive(event.data)
    // In Node a port would keep the process running.
    ;(port as { unref?: () => void }).unref?.()
    this.post(recorder.hello())
    this.tellSchemas()
    this.tellDescriptions()
  }

  /** Tells the shapes that the app registered, those that it registers in the same task at once. */
  readonly schemas = together(() => this.tellSchemas())

  /** Tells what the app said of its types; as `schemas`. */
  readonly describe = together(() => this.tellDescriptions())

  private tellSchemas(): void {
    const schemas = this.recorder.schemas()
    if (schemas.length > 0) this.post({ t: 'schemas', schemas })
  }

  private tellDescriptions(): void {
    const types = this.recorder.descriptions()
    if (types.length > 0) this.post({ t: 'describe', types })
  }

  /** Sends what the buffer holds, as far as the bytes in flight allow. */
  pump(): void {
    if (!this.open) return
    const { delivery } = this.recorder
    for (;;) {
      const batch = delivery.next()
      const gaps = delivery.takeGaps(batch ? batch.firstN : Number.POSITIVE_INFINITY)
      if (gaps.length > 0) this.post({ t: 'batch', data: this.recorder.encodeGaps(gaps) })
      if (batch === undefined || this.bytesInFlight >= IN_FLIGHT) return
      const data = batch.data()
      const bytes = data.byteLength
      if (!this.post({ t: 'batch', data }, batch.fresh ? [data] : [])) return
      delivery.sent()
      // Without a new event there will be no ack that tells.
      if (batch.lastN <= this.accepted) continue
      this.inFlight.push({ lastN: batch.lastN, bytes })
      this.bytesInFlight += bytes
      this.look()
    }
  }

  /** False: the port did not take it. */
  post(message: FromPage, transfer: Transferable[] = []): boolean {
    if (this.closed) return false
    try {
      postToPort(this.port, message, transfer)
      return true
    } catch {
      return false
    }
  }

  /** Ends it on this side. */
  drop(silent = false): void {
    if (this.closed) return
    this.closed = true
    this.open = false
    this.port.onmessage = null
    try {
      this.port.close()
    } catch {
      // Was closed already.
    }
    this.lost(this, silent)
  }

  /** Looks again later whether anybody is there, as long as something is under way. */
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
      message = parseToPage(data, this.recorder.parseReplay)
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
    const { recorder } = this
    switch (message.t) {
      case 'welcome': {
        // Configured first: a pause that ends here is a gap that `resume` must know.
        recorder.configure(message.recording, message.level)
        // Said again on the same link: what was sent since is under way and will arrive.
        if (this.open) {
          this.acknowledge(message.accepted, message.persisted)
          return
        }
        recorder.closeOpen()
        const accepted = Math.min(message.accepted, recorder.emitted)
        recorder.delivery.resume(accepted, Math.min(message.persisted, accepted), recorder.emitted)
        this.accepted = accepted
        this.open = true
        this.pump()
        recorder.welcomed()
        return
      }
      case 'ack':
        this.acknowledge(message.accepted, message.persisted)
        return
      case 'kept':
        recorder.kept(message.id)
        return
      case 'ping':
        this.post({ t: 'pong', id: message.id, now: now(), wall: wall(), accepted: recorder.emitted })
        return
      case 'configure':
        recorder.configure(message.recording, message.level)
        this.pump()
        return
      case 'keyframe':
        recorder.keyframes()
        return
      case 'replay':
        recorder.replay(message)
        return
      case 'closed':
        this.drop()
    }
  }

  private acknowledge(given: number, persisted: number): void {
    const { recorder, inFlight } = this
    const accepted = Math.min(given, recorder.emitted)
    recorder.delivery.acknowledge(accepted, Math.min(persisted, accepted))
    this.accepted = Math.max(this.accepted, accepted)
    while (inFlight.length > 0 && (inFlight[0] as { lastN: number }).lastN <= accepted) {
      this.bytesInFlight -= (inFlight.shift() as { bytes: number }).bytes
    }
    this.pump()
  }
}

/** Runs once for all calls of one task: each message has the whole list. */
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
