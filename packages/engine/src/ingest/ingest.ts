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

/** ms. A recorder gives up after five seconds of silence. */
const PING_INTERVAL = 2000

export interface IngestDelegate {
  /** Names the browser or runtime in the records of new sessions. */
  readonly agent: string
  send(link: number, message: ToPage): void
  /** What the user should know. */
  problem(message: string): void
  /** Another session is live now, or none. */
  liveChanged(): void
  /** What a page says of its types is another now. */
  described(): void
  report(link: number, report: ReplayReport): void
}

/**
 * From messages of pages to the live session's log. Every message is checked here; what is wrong is dropped and counted. A hello that
 * has to look into the database holds back what comes after it.
 */
export class Ingest {
  recording = true
  private readonly states: StateRequests
  rejected = 0
  /** Events taken in since the start. */
  events = 0
  /** ms between the newest batch's last event and its arrival. */
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

  /** Links by number, with the producer and session they record into. */
  attached(link: number): Attached | undefined {
    return this.links.at(link)?.attached
  }

  list(): EngineStatus['links'] {
    return this.links.list()
  }

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

  /** Whatever a page sends, the engine goes on. */
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
    // A batch that carries nothing but gaps leaves them out.
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

  /** Events do not wait for it. */
  private artifact(link: number, { attached }: LinkEntry, message: ArtifactMessage): void {
    if (!attached) throw new WireError('nobody has said hello')
    const { live, producer } = attached
    void this.store.artifacts.take(live, producer.info, message).then(
      async stored => {
        // Before the session is in the catalogue, with the mark, the page must not let go of the bytes: a crash would take them.
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
    // The state at the start left the buffer before anybody listened.
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
