import type { AttachmentInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import { warnOnce } from '../page/natives'
import type { ReplayTarget } from '../recorder/replay-host'

interface Attachment {
  info: AttachmentInfo
  /** Undefined: detached. */
  target: ReplayTarget | undefined
}

/** Numbers the buses the recorder is attached to. One that comes back under the same name and source gets its old number. */
export class Attachments {
  /** A new list with every change. */
  infos: AttachmentInfo[] = []
  /** By number, from 1 on. */
  readonly known: Attachment[] = []

  /** Its number; 0 where all are taken: recorded, but never replayed. */
  add(name: string, source: string, replay: ReplayTarget['replay'], revive: ReplayTarget['revive']): number {
    const can = replay !== undefined
    let found = this.known.find(
      ({ info, target }) => !target && info.name === name && info.source === source && info.replay === can,
    )
    if (!found) {
      if (this.known.length >= Limits.attachments) {
        warnOnce(`more than ${Limits.attachments} attachments; further ones cannot be replayed`)
        return 0
      }
      found = { info: { id: this.known.length + 1, name, source, replay: can }, target: undefined }
      this.known.push(found)
      this.infos = this.known.map(({ info }) => info)
    }
    found.target = { id: found.info.id, name, source, replay, revive }
    return found.info.id
  }

  remove(id: number): void {
    const found = this.known[id - 1]
    if (found) found.target = undefined
  }
}
