import type { AttachmentInfo } from '../model/session'
import { array, flag, record, text, whole } from './check'
import { WireError } from './error'
import { Limits } from './limits'

/** Makes a list of attachments of what came in a message or a batch. Throws WireError. */
export function readAttachments(value: unknown, where: string): AttachmentInfo[] {
  const seen = new Set<number>()
  return array(value, Limits.attachments, where).map((entry, i) => {
    const at = `${where}, entry ${i}`
    const { id, name, source, replay } = record(entry, at)
    const attachment = {
      id: whole(id, 1, Limits.attachments, at),
      name: text(name, Limits.name, at),
      source: text(source, Limits.name, at),
      replay: flag(replay, at),
    }
    if (seen.has(attachment.id)) throw new WireError(`${attachment.id} is there twice`, at)
    seen.add(attachment.id)
    return attachment
  })
}
