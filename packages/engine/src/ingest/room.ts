import type { AttachmentInfo, ProducerInfo } from '@playhead/shared/model/session'
import type { ProducerLog } from '../log/producer-log'
import type { SessionLog } from '../log/session-log'

/** Characters of all producers' descriptions, and gaps, in one session at most: both are in memory and told to the panel whole. */
const MOST_TEXT = 2 << 20
const MOST_GAPS = 100_000

type Described = Pick<ProducerInfo, 'name' | 'url' | 'title' | 'sdk' | 'attachments'>

function weightOf({ name, url, title, sdk, attachments }: Described): number {
  let weight = 100 + name.length + url.length + title.length + sdk.length
  for (const { name, source } of attachments) weight += 50 + name.length + source.length
  return weight
}

/** Whether a session has room for what a page says of a producer; `instead` of what it said before. */
export function hasRoom(log: SessionLog, described: Described, instead?: ProducerInfo): boolean {
  let weight = weightOf(described)
  for (const info of log.session.producers) if (info !== instead) weight += weightOf(info)
  return weight <= MOST_TEXT
}

/** A recorder's list of attachments only grows; one that finds no room stays as it is. */
export function setAttachments(log: SessionLog, { info }: ProducerLog, attachments: AttachmentInfo[]): void {
  if (!hasRoom(log, { ...info, attachments }, info)) return
  info.attachments = attachments
  log.infoDirty = true
}

/** Numbers with so many holes are no recorder's: whoever sends them would fill the memory with what is missing. */
export function hasTooManyGaps(log: SessionLog): boolean {
  let gaps = 0
  for (const producer of log.logs) gaps += producer.gaps.gaps.length
  return gaps > MOST_GAPS
}
