import type { HelloMessage } from '@playhead/shared/wire/messages'
import type { LinkInfo } from '../contract/links'
import type { EngineStatus } from '../contract/status'
import type { ProducerLog } from '../log/producer-log'
import type { LiveSession } from '../sessions/live-session'

/** The recorder at the other end of a link, after it said hello: what it records into. */
export interface Attached {
  live: LiveSession
  producer: ProducerLog
  hello: HelloMessage
  /** True: the recorder has a newer link. Batches that are still under way on this one count. */
  replaced: boolean
}

/** One link that is open. */
export interface LinkEntry {
  info: LinkInfo
  /** True: the user was told that its page cannot record, and is not told again. */
  complained: boolean
  /** Undefined before the hello, and after its session ended. */
  attached: Attached | undefined
}

/** All open links by number, and which recorder is attached to which. */
export class LinkTable {
  private readonly links = new Map<number, LinkEntry>()

  /** `detached` is called with a link on which nothing must be acknowledged any more. */
  constructor(private readonly detached: (link: number) => void) {}

  get size(): number {
    return this.links.size
  }

  open(info: LinkInfo): void {
    this.links.set(info.link, { info, complained: false, attached: undefined })
  }

  at(link: number): LinkEntry | undefined {
    return this.links.get(link)
  }

  numbers(): number[] {
    return [...this.links.keys()]
  }

  /** Returns the links whose recorder has said hello. */
  attached(): [link: number, attached: Attached][] {
    return [...this.links].flatMap(([link, { attached }]) => (attached ? [[link, attached]] : []))
  }

  /** Forgets a link and returns who was attached to it. */
  close(link: number): Attached | undefined {
    const attached = this.links.get(link)?.attached
    this.links.delete(link)
    this.detached(link)
    return attached
  }

  clear(): void {
    this.links.clear()
  }

  /** Returns the link over which a producer records now; undefined where it has none. */
  linkOf(producer: ProducerLog): number | undefined {
    return this.attached().find(([, attached]) => attached.producer === producer && !attached.replaced)?.[0]
  }

  /** Parts a link from its session; its recorder has to say hello again. */
  detach(link: number): void {
    const entry = this.links.get(link)
    if (entry) entry.attached = undefined
    this.detached(link)
  }

  /** Notes that the recorder of this link has a newer one. */
  replace(link: number): void {
    const attached = this.links.get(link)?.attached
    if (attached) attached.replaced = true
    this.detached(link)
  }

  /** Detaches the recorders of every other session. */
  detachOthers(live: LiveSession): void {
    for (const [link, attached] of this.attached()) if (attached.live !== live) this.detach(link)
  }

  /** Lists the recorders for the status, each with its newest link. */
  list(): EngineStatus['links'] {
    return this.attached()
      .filter(([, { replaced }]) => !replaced)
      .map(([link, { producer, hello }]) => {
        const { name, url, title, origin } = hello
        const frame = this.links.get(link)?.info.frame ?? 'frame'
        return { link, producer: producer.info.id, name, url, title, origin, frame }
      })
  }
}
