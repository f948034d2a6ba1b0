import type { SessionInfo } from '@playhead/shared/model/session'
import { ulid } from 'ulid'
import type { ProducerLog } from '../log/producer-log'
import type { LiveSession } from '../sessions/live-session'

/** Returns the record of an empty session that begins at `now` (epoch ms) and is of the same page as an older one. */
export function sessionAfter(old: SessionInfo, now: number): SessionInfo {
  const { origin, url, title, app, tab, browser, about, schemas, descriptions } = old
  return {
    ...{ id: ulid(), name: '', origin, url, title, app, tab, started: now, updated: now },
    ...{ ended: false, imported: false, recovered: false },
    ...{ producers: [], marks: [], takes: [{ take: 0, kind: 'recording', name: 'Recording', started: 0 }] },
    ...{ events: 0, missing: 0, bytes: 0, browser, about, schemas, descriptions },
  }
}

/** Lets a producer of the older session go on in the new one, its n counting from where it is now. Undefined where there is no room. */
export function carryOver(live: LiveSession, old: SessionInfo, producer: ProducerLog): ProducerLog | undefined {
  const { info, covered } = producer
  const offset = info.offset + old.started - live.info.started
  const next = live.log.addProducer({ ...structuredClone(info), offset, base: covered, emitted: covered })
  if (next) next.announced = Math.max(next.announced, producer.announced)
  return next
}
