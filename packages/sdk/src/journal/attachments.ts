import type { AttachmentInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { ReplayedEvent } from '../api/adapter'
import { warnOnce } from '../page/natives'

/** A bus the recorder is attached to, as a replay uses it. */
export interface AttachedBus {
  /** The number of the attachment, which the events it recorded have as `via`. */
  id: number
  name: string
  source: string
  /**
   * Emits a recorded event; absent where that is not possible. May throw, because the app's handlers run inside. A promise settles when it
   * is emitted.
   */
  replay?: (event: ReplayedEvent) => unknown
  /** Restores what a payload lost; returns undefined where it cannot. May throw. */
  revive?: (event: ReplayedEvent) => unknown
}

interface Attachment {
  info: AttachmentInfo
  /** Undefined while it is detached. */
  bus: AttachedBus | undefined
}

/** Numbers the buses that the recorder is attached to. One that comes back under the same name and source gets its old number. */
export class Attachments {
  /** What the engine is told of them. Every change makes a new list, because batches hold the old one. */
  infos: AttachmentInfo[] = []
  /** Attachments by number; the first one has the number 1 and the index 0. */
  readonly known: Attachment[] = []

  /** Adds an attachment and returns its number; 0 where all numbers are taken: its events are recorded and cannot be replayed. */
  add(name: string, source: string, replay: AttachedBus['replay'], revive: AttachedBus['revive']): number {
    const can = replay !== undefined
    let found = this.known.find(
      ({ info, bus }) => !bus && info.name === name && info.source === source && info.replay === can,
    )
    if (!found) {
      if (this.known.length >= Limits.attachments) {
        warnOnce(`more than ${Limits.attachments} attachments; further ones cannot be replayed`)
        return 0
      }
      found = { info: { id: this.known.length + 1, name, source, replay: can }, bus: undefined }
      this.known.push(found)
      this.infos = this.known.map(({ info }) => info)
    }
    found.bus = { id: found.info.id, name, source, replay, revive }
    return found.info.id
  }

  remove(id: number): void {
    const found = this.known[id - 1]
    if (found) found.bus = undefined
  }
}
