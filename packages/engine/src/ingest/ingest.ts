import { messageOf } from '@playhead/shared/values/message-of'
import { decodeBatch } from '@playhead/shared/wire/batch-decode'
import { WireError } from '@playhead/shared/wire/error'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import type { ArtifactMessage, HelloMessage, PongMessage, ReplayReport, ToPage } from '@playhead/shared/wire/messages'
import { parseFromPage } from '@playhead/shared/wire/parse'
import type { LinkInfo } from '../contract/links'
import type { EngineStatus } from '../contract/status'
import { addDescriptions } from '../schema/descriptions'
import { addSchemas } from '../schema/registry'
import type { LiveSession } from '../sessions/live-session'
import { believed } from '../sessions/owner'
import type { SessionStore } from '../sessions/session-store'
import { Serial } from '../tasks/serial'
import { Acks } from './acks'
import { admit } from './admission'
import { correctOffset } from './clock'
import { carryOver, sessionAfter } from './fresh-session'
import { type Attached, type LinkEntry, LinkTable } from './link-table'
import { hasTooManyGaps, setAttachments } from './room'
import { StateRequests } from './state-requests'

/** ms between two pings. A recorder takes a link for dead after 5,000 ms of silence. */
const PING_INTERVAL = 2000

/** What `Ingest` tells those around it. */
export interface IngestDelegate {
  /** Names the browser or runtime in the records of new sessions. */
  readonly agent: string
  /** Sends a message to the page at the other end of the link. */
  send(link: number, message: ToPage): void
  /** Tells the user something. */
  problem(message: string): void
  /** Called when another session is live, or none. */
  liveChanged(): void
  /** Called when a page described types of its events anew. */
  described(): void
  /** Called with what a page says of the replay in it. */
  report(link: number, report: ReplayReport): void
}

/**
 * Takes the messages of pages in, into the log of the live session:
 *
 *     receive(link, message) ─▶ Serial ─▶ parse ─┬─ hello ────▶ admission: which session? ─▶ welcome { accepted, persisted }
 *                                                ├─ batch ────▶ log.append ─▶ ack { accepted, persisted }
 *                                                ├─ artifact ─▶ hashed, stored ─▶ kept { id }, once it is on disk
 *                                                ├─ schemas, describe ─▶ the session's record
 *                                                ├─ pong ─────▶ the producer's clock is corrected
 *                                                └─ replay ───▶ delegate.report
 *
 * Every message is checked. One that is not valid is dropped and counted in `rejected`; if that means that a page cannot record, the user
 * is told so once per link. A hello may have to wait for the database. Messages that arrive meanwhile, on whichever link, wait in `Serial`
 * behind it, so that a batch always finds the session its hello was given; while nothing waits, batches are taken in synchronously.
 *
 * A recorder that connects again says hello on a new link while batches of the old one are still under way. The old link is marked as
 * `replaced`: its batches count, the log leaves doubles out, and acknowledgements go to the new link only.
 */
export class Ingest {
  recording = true
  private readonly states: StateRequests
  /** Messages that were not valid. */
  rejected = 0
  /** Events taken in since the engine started. */
  events = 0
  /** ms between the last event of the newest batch and its arrival. */
  lag = 0
  readonly acks: Acks
  private readonly links: LinkTable
  private readonly serial = new Serial()
  private pings = 0
  private pinging: ReturnType<typeof setInterval> | undefined

  constructor(
    private readonly store: SessionStore,
    private readonly delegate: IngestDelegate,
  ) {
    this.states = new StateRequests(() => store.clock.elapsed())
    this.acks = new Acks(delegate.send)
    this.links = new LinkTable(link => this.acks.drop(link))
  }

  linkOpened(info: LinkInfo): void {
    this.links.open(info)
    this.pinging ??= setInterval(() => this.ping(), PING_INTERVAL)
  }

  receive(link: number, message: unknown): void | Promise<void> {
    return this.serial.run(() => this.take(link, message))
  }

  linkClosed(link: number): void | Promise<void> {
    return this.serial.run(() => {
      const attached = this.links.close(link)
      if (this.links.size === 0) {
        clearInterval(this.pinging)
        this.pinging = undefined
      }
      if (!attached || this.links.linkOf(attached.producer) !== undefined) return
      attached.live.log.giveUp(attached.producer)
      attached.live.touch()
    })
  }

  setRecording(recording: boolean): void {
    this.recording = recording
    for (const [link] of this.links.attached()) this.delegate.send(link, { t: 'configure', recording, level: null })
  }

  /** Ends the live session; the connected producers go on in an empty one. */
  async newSession(keep: boolean): Promise<void> {
    await this.replaceLive(() => this.store.endLive(keep ? 'ended' : 'deleted'))
  }

  /** Removes every session; the connected producers go on in an empty one. */
  async wipe(): Promise<void> {
    await this.replaceLive(() => this.store.wipe())
  }

  /** Returns who records over a link; undefined where nobody has said hello on it. */
  attached(link: number): Attached | undefined {
    return this.links.at(link)?.attached
  }

  list(): EngineStatus['links'] {
    return this.links.list()
  }

  /** Tells every page that the engine goes away, so that recorders need not wait for silence. */
  dispose(): void {
    clearInterval(this.pinging)
    for (const link of this.links.numbers()) this.delegate.send(link, { t: 'closed' })
    this.links.clear()
  }

  private take(link: number, raw: unknown): void | Promise<void> {
    const entry = this.links.at(link)
    if (!entry) return
    try {
      const message = parseFromPage(raw)
      if (message.t === 'batch') this.batch(link, entry, message.data)
      else if (message.t === 'pong') this.pong(entry, message)
      else if (message.t === 'schemas') {
        if (entry.attached) addSchemas(entry.attached.live.log, message.schemas)
      } else if (message.t === 'describe') {
        if (!entry.attached) return
        addDescriptions(entry.attached.live.log, message.types)
        this.delegate.described()
      } else if (message.t === 'artifact') this.artifact(link, entry, message)
      else if (message.t === 'replay') this.delegate.report(link, message)
      else return this.hello(link, entry, believed(message, entry.info)).catch(error => this.reject(entry, error))
    } catch (error) {
      const refused = error instanceof WireError && (raw as { t?: unknown } | null)?.t !== 'hello'
      if (refused) this.rejected++
      else this.reject(entry, error)
    }
  }

  /** Counts a message that was dropped, and tells the user of the first one of a link. */
  private reject(entry: LinkEntry, error: unknown): void {
    this.rejected++
    if (entry.complained) return
    entry.complained = true
    this.delegate.problem(`A page cannot record: ${messageOf(error)}`)
  }

  private batch(link: number, { attached }: LinkEntry, data: ArrayBuffer): void {
    const batch = decodeBatch(data)
    if (!attached || attached.producer.info.id !== batch.meta.producer) {
      this.rejected++
      return
    }
    const { live, producer } = attached
    if (hasTooManyGaps(live.log)) throw new WireError('too many of its events are missing')
    // A batch that carries nothing but gaps has no list of attachments; a shorter list is an older one.
    if (batch.meta.attachments.length > producer.info.attachments.length)
      setAttachments(live.log, producer, batch.meta.attachments)
    const before = live.log.endSeq
    live.log.append(batch, producer)
    this.events += live.log.endSeq - before
    if (batch.count > 0) {
      this.lag = Math.max(
        0,
        this.store.clock.now() - (live.log.session.started + producer.info.offset + batch.time[batch.count - 1]!),
      )
    }
    live.touch()
    this.acks.batch(link)
    if (this.states.due(live.log)) this.delegate.send(link, { t: 'keyframe' })
  }

  /** Stores an artifact on the side: events that arrive meanwhile do not wait for it. */
  private artifact(link: number, { attached }: LinkEntry, message: ArtifactMessage): void {
    if (!attached) throw new WireError('nobody has said hello')
    const { live, producer } = attached
    void this.store.artifacts.take(live, producer.info, message).then(
      async stored => {
        // The page must keep the bytes until the session and its mark are on disk, or a crash would lose them.
        await live.writer?.whenSaved()
        if (stored) this.delegate.send(link, { t: 'kept', id: message.id })
      },
      () => this.rejected++,
    )
  }

  private async hello(link: number, entry: LinkEntry, hello: HelloMessage): Promise<void> {
    let admission: Awaited<ReturnType<typeof admit>>
    try {
      admission = await admit(this.store, entry.info, hello, this.delegate.agent)
    } catch (error) {
      if (error instanceof WireError) throw error
      this.delegate.problem(`The session could not be opened: ${messageOf(error)}`)
      return
    }
    if (!admission) throw new WireError('the session has no room for its recorder')
    if (this.links.at(link) !== entry) return
    const { live, producer } = admission
    if (!admission.same) this.links.detachOthers(live)
    // A new hello replaces the old link of the same recorder.
    const old = this.links.linkOf(producer)
    if (old !== undefined && old !== link) this.links.replace(old)
    entry.attached = { live, producer, hello, replaced: false }
    producer.announced = Math.max(producer.announced, hello.emitted)
    const accepted = producer.acceptedFor(hello.oldest)
    const persisted = Math.min(accepted, live.persisted(producer.code))
    this.acks.follow(link, live, producer, { accepted, persisted })
    this.delegate.send(link, {
      t: 'welcome',
      wire: WIRE_VERSION,
      session: live.info.id,
      accepted,
      persisted,
      recording: this.recording,
      level: null,
    })
    // The keyframe that was made at the start left the page's buffer before anybody listened.
    if (hello.states.length > 0 && accepted === 0 && hello.emitted > 0 && hello.oldest !== 1)
      this.delegate.send(link, { t: 'keyframe' })
    if (!admission.same) this.delegate.liveChanged()
  }

  private pong({ attached }: LinkEntry, pong: PongMessage): void {
    if (!attached) return
    const { live, producer } = attached
    live.heard()
    producer.announced = Math.max(producer.announced, pong.accepted)
    correctOffset(producer.info, live.log.session.started, pong)
  }

  private ping(): void {
    const id = ++this.pings
    for (const [link] of this.links.attached()) this.delegate.send(link, { t: 'ping', id })
  }

  private async replaceLive(end: () => Promise<void>): Promise<void> {
    await this.serial.run(async () => {
      const old = this.store.live
      const info = old && structuredClone(old.info)
      await end()
      if (info) {
        const live = await this.store.create(sessionAfter(info, this.store.clock.now()))
        for (const [link, attached] of this.links.attached()) {
          if (attached.replaced) this.links.detach(link)
          else this.moveTo(live, link, attached, info)
        }
      }
      this.delegate.liveChanged()
    })
  }

  private moveTo(
    live: LiveSession,
    link: number,
    attached: Attached,
    old: NonNullable<SessionStore['live']>['info'],
  ): void {
    const producer = carryOver(live, old, attached.producer)
    if (!producer) {
      this.links.detach(link)
      return
    }
    attached.live = live
    attached.producer = producer
    const told = { accepted: producer.covered, persisted: live.persisted(producer.code) }
    this.acks.follow(link, live, producer, told)
    // A replay of the new session begins with the state there is now.
    if (attached.hello.states.length > 0) this.delegate.send(link, { t: 'keyframe' })
  }
}
