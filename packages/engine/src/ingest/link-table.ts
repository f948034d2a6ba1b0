import type { HelloMessage } from '@playhead/shared/wire/messages'
import type { LinkInfo } from '../contract/links'
import type { EngineStatus } from '../contract/status'
import type { ProducerLog } from '../log/producer-log'
import type { LiveSession } from '../sessions/live-session'

/** The recorder at the other end of a link: it has said hello and records into a session. */
export interface Attached {
  live: LiveSession
  producer: ProducerLog
  hello: HelloMessage
  /** The recorder has a newer link; what is still under way on this one counts. */
  replaced: boolean
}

export interface LinkEntry {
  info: LinkInfo
  /** The user was told that something is wrong with it. */
  complained: boolean
  attached: Attached | undefined
}

/** All links by number, and which recorder is attached to which. */
export class LinkTable {
  private readonly links = new Map<number, LinkEntry>()

  /** `detached`: nothing more is acknowledged on this link. */
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

  /** Those whose recorder has said hello. */
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

  /** The link that records the producer now. */
  linkOf(producer: ProducerLog): number | undefined {
    return this.attached().find(([, attached]) => attached.producer === producer && !attached.replaced)?.[0]
  }

  detach(link: number): void {
    const entry = this.links.get(link)
    if (entry) entry.attached = undefined
    this.detached(link)
  }

  /** The recorder has a newer link than this one. */
  replace(link: number): void {
    const attached = this.links.get(link)?.attached
    if (attached) attached.replaced = true
    this.detached(link)
  }

  /** Detaches who records into any other session. */
  detachOthers(live: LiveSession): void {
    for (const [link, attached] of this.attached()) if (attached.live !== live) this.detach(link)
  }

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
