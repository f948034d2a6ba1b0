import type { AttachmentInfo, ProducerInfo } from '@playhead/shared/model/session'
import type { ProducerLog } from '../log/producer-log'
import type { SessionLog } from '../log/session-log'

/** One session may have so many characters of producers' names and addresses, and so many gaps: the panel gets all of them at once. */
const MOST_TEXT = 2 << 20
const MOST_GAPS = 100_000

type Described = Pick<ProducerInfo, 'name' | 'url' | 'title' | 'sdk' | 'attachments'>

/** Characters that a producer's record takes, with a flat sum for its numbers. */
function weightOf({ name, url, title, sdk, attachments }: Described): number {
  let weight = 100 + name.length + url.length + title.length + sdk.length
  for (const { name, source } of attachments) weight += 50 + name.length + source.length
  return weight
}

/** Tells whether a session has room for what a page says of a producer, in place of `instead`, which it said before. */
export function hasRoom(log: SessionLog, described: Described, instead?: ProducerInfo): boolean {
  let weight = weightOf(described)
  for (const info of log.session.producers) if (info !== instead) weight += weightOf(info)
  return weight <= MOST_TEXT
}

/** Replaces a producer's list of attachments. Where the session has no room for the new list, the old one stays. */
export function setAttachments(log: SessionLog, { info }: ProducerLog, attachments: AttachmentInfo[]): void {
  if (!hasRoom(log, { ...info, attachments }, info)) return
  info.attachments = attachments
  log.infoDirty = true
}

/** Tells whether a session has more gaps than any recorder leaves. A page that goes on so would fill the memory with records of gaps. */
export function hasTooManyGaps(log: SessionLog): boolean {
  let gaps = 0
  for (const producer of log.logs) gaps += producer.gaps.gaps.length
  return gaps > MOST_GAPS
}
