import type { AttachmentInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { ReplayedEvent } from '../api/adapter'
import { warnOnce } from '../page/natives'

/** A bus the recorder is attached to, as a replay uses it. */
export interface AttachedBus {
  /** Its number: the `via` of the events it recorded. */
  id: number
  name: string
  source: string
  /** Absent: observe-only. May throw (the app's handlers run inside). A promise: emitted once it settles. */
  replay?: (event: ReplayedEvent) => unknown
  /** Restores what a payload lost; undefined = cannot. May throw. */
  revive?: (event: ReplayedEvent) => unknown
}

interface Attachment {
  info: AttachmentInfo
  /** Undefined: detached. */
  bus: AttachedBus | undefined
}

/** Numbers the buses the recorder is attached to. One that comes back under the same name and source gets its old number. */
export class Attachments {
  /** A new list with every change. */
  infos: AttachmentInfo[] = []
  /** By number, from 1 on. */
  readonly known: Attachment[] = []

  /** Its number; 0 where all are taken: recorded, but never replayed. */
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
