import type { Gap } from '@playhead/shared/model/gap'
import { isProducerId } from '@playhead/shared/model/id'
import type { Keyframe, Mark, ProducerInfo, SessionInfo, Take } from '@playhead/shared/model/session'
import type { GapRecord, SessionRecord } from './records'

const RECORDING: Take = { take: 0, kind: 'recording', name: 'Recording', started: 0 }

/**
 * Makes a record that can be used of whatever was stored under a session's id. A record with nothing wrong is returned as it is. What a
 * damaged one no longer says is guessed, and `repaired` is set: whoever opens the session counts anew from the log, which is the truth.
 */
export function soundRecord(id: string, stored: unknown): SessionRecord {
  const { info, data, firstSeq, packed } = fieldsOf(stored) as Partial<SessionRecord>
  const sound: SessionRecord = {
    info: soundInfo(id, fieldsOf(info)),
    data: typeof data === 'string' ? data : id,
    firstSeq: isCount(firstSeq) ? firstSeq : 0,
    ...(packed instanceof Float64Array && packed.length % 2 === 0 && { packed }),
  }
  const whole = sound.info === info && sound.data === data && sound.firstSeq === firstSeq && sound.packed === packed
  return whole ? (stored as SessionRecord) : { ...sound, repaired: true }
}

/** Tells whether something is a producer's list of gaps and not damaged. */
export function isGapRecord(stored: unknown): stored is GapRecord {
  const { producer, gaps } = fieldsOf(stored) as Partial<GapRecord>
  return isProducerId(producer) && Array.isArray(gaps) && gaps.every(isGap)
}

/** Tells whether something is a keyframe and not damaged. */
export function isKeyframe(stored: unknown): stored is Keyframe {
  const { producer, afterN, take, time, state, json, why } = fieldsOf(stored) as Partial<Keyframe>
  return isProducerId(producer) && isCount(afterN) && isCount(take) && isNumber(time) && areTexts(state, json, why)
}

function isGap(stored: unknown): stored is Gap {
  const { fromN, toN, count, reason, from, to } = fieldsOf(stored) as Partial<Gap>
  if (!isCount(fromN) || !isCount(toN) || !areTexts(reason)) return false
  return fromN >= 1 && toN >= fromN && count === toN - fromN + 1 && isNumber(from) && isNumber(to)
}

function soundInfo(id: string, stored: Record<string, unknown>): SessionInfo {
  const now = Date.now()
  const sound: Record<string, unknown> = { ...stored, id }
  const check = (is: (value: unknown) => boolean, guesses: Record<string, unknown>) => {
    for (const [key, guess] of Object.entries(guesses)) if (!is(stored[key])) sound[key] = guess
  }
  check(areTexts, { name: '', origin: '', url: '', title: '', app: '', tab: '' })
  check(isNumber, { started: now, updated: now, events: 0, missing: 0, bytes: 0 })
  check(value => typeof value === 'boolean', { ended: true, imported: false, recovered: true })
  // A producer's code is its place in the list, so the list is cut at the first wrong one: the chunks say who the others are.
  check(value => listUntil(value, isProducer) === value, { producers: listUntil(stored.producers, isProducer) })
  check(value => listUntil(value, isMark) === value, { marks: listUntil(stored.marks, isMark) })
  check(value => listUntil(value, isTake) === value, { takes: listUntil(stored.takes, isTake) })
  if ((sound.takes as Take[]).length === 0) sound.takes = [RECORDING]
  const changed = Object.keys(sound).some(key => sound[key] !== stored[key])
  return (changed ? sound : stored) as unknown as SessionInfo
}

/** Returns the list up to its first wrong entry: the list itself where all of it is right. */
function listUntil(list: unknown, is: (value: unknown) => boolean): unknown[] {
  if (!Array.isArray(list)) return []
  const wrong = list.findIndex(value => !is(value))
  return wrong < 0 ? list : list.slice(0, wrong)
}

function isProducer(stored: unknown): boolean {
  const { id, name, url, title, sdk, offset, base, emitted, attachments } = fieldsOf(stored) as Partial<ProducerInfo>
  const numbers = isNumber(offset) && isCount(base) && isCount(emitted)
  return isProducerId(id) && areTexts(name, url, title, sdk) && numbers && Array.isArray(attachments)
}

function isMark(stored: unknown): boolean {
  const { time, kind, name } = fieldsOf(stored) as Partial<Mark>
  return isNumber(time) && areTexts(kind, name)
}

function isTake(stored: unknown): boolean {
  const { take, kind, name } = fieldsOf(stored) as Partial<Take>
  return isCount(take) && areTexts(kind, name)
}

function areTexts(...values: unknown[]): boolean {
  return values.every(value => typeof value === 'string')
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
