import type { SessionInfo } from '@playhead/shared/model/session'
import { WireError } from '@playhead/shared/wire/error'
import type { HelloMessage } from '@playhead/shared/wire/messages'
import { ulid } from 'ulid'
import { sha256 } from '../artifacts/sha256'
import type { LinkInfo } from '../contract/links'
import type { ProducerLog } from '../log/producer-log'
import type { SessionLog } from '../log/session-log'
import type { LiveSession } from '../sessions/live-session'
import { mayBe } from '../sessions/owner'
import { CONTINUES_WITHIN, type SessionStore } from '../sessions/session-store'
import type { SessionRecord } from '../storage/records'
import { correctOffset, offsetOf, zeroOf } from './clock'
import { hasRoom, setAttachments } from './room'

export interface Admission {
  live: LiveSession
  producer: ProducerLog
  /** The session was live already: false when another one was found or made for this producer. */
  same: boolean
}

/**
 * Finds or makes the session for a recorder that says hello:
 *
 *     producer known to the live session, or to a stored one of this tab and origin   → that session goes on
 *     a frame or worker of the live session's tab                                     → joins it
 *     another page of the same tab and origin within 30 minutes                       → the session goes on, with a mark
 *     anything else                                                                   → a new session; the old one ends
 */
export async function admit(
  store: SessionStore,
  link: LinkInfo,
  hello: HelloMessage,
  agent: string,
): Promise<Admission | undefined> {
  const before = store.live
  const known = store.live?.log.producer(hello.producer)
  if (known && !mayBe(known.info, hello)) throw new WireError('belongs to a page of another origin', 'producer')
  const live = await findSession(store, link, hello, agent)
  const producer = live.log.producer(hello.producer) ?? join(live, link, hello)
  if (!producer) return undefined
  refresh(live.log, producer, hello)
  live.log.infoDirty = true
  await setAbout(live, hello)
  if (hello.previous) await explainPrevious(store, live, producer, hello, hello.previous)
  live.touch()
  return { live, producer, same: live === before }
}

async function findSession(
  store: SessionStore,
  link: LinkInfo,
  hello: HelloMessage,
  agent: string,
): Promise<LiveSession> {
  const { live } = store
  const origin = link.origin || hello.origin
  if (live) {
    if (live.log.producer(hello.producer)) return live
    const { info } = live
    const sameTab = info.tab === link.tab
    const guest = link.frame === 'frame' || hello.context === 'worker'
    if (sameTab && guest) return live
    if (sameTab && info.origin === origin && store.clock.now() - live.lastSeen < CONTINUES_WITHIN) return live
    if (sameTab && onlyGuests(info)) {
      info.origin = origin
      return live
    }
  }
  for (const record of await candidates(store, link.tab, origin, hello.producer)) {
    await store.endLive('ended')
    const resumed = await store.resume(record)
    if (resumed) return resumed
  }
  await store.endLive('ended')
  return store.create(newSession(link.tab, origin, hello, agent, store.clock.now()))
}

/** Stored sessions that this producer may continue, best first. */
async function candidates(
  store: SessionStore,
  tab: string,
  origin: string,
  producer: string,
): Promise<SessionRecord[]> {
  const liveId = store.live?.info.id
  const own = (await stored(store))
    .filter(({ info }) => info.id !== liveId && !info.imported && info.tab === tab && info.origin === origin)
    .sort((a, b) => b.info.updated - a.info.updated)
  const knowing = own.filter(({ info }) => info.producers.some(({ id }) => id === producer))
  const recent = store.clock.now() - CONTINUES_WITHIN
  const going = own.filter(
    ({ info }) => !info.ended && info.updated > recent && !knowing.some(r => r.info.id === info.id),
  )
  return [...knowing.slice(0, 1), ...going.slice(0, 1)]
}

/** A database that cannot be read has no sessions: recording goes on in memory. */
function stored(store: SessionStore): Promise<SessionRecord[]> {
  return store.records().catch(() => [])
}

function onlyGuests(info: SessionInfo): boolean {
  return info.producers.length > 0 && info.producers.every(({ context }) => context !== 'top')
}

function newSession(tab: string, origin: string, hello: HelloMessage, agent: string, now: number): SessionInfo {
  const { url, title, app, name } = hello
  return {
    ...{ id: ulid(), name: '', origin, url, title, app: app || name, tab },
    started: Math.floor(zeroOf(hello.timeOrigin, hello)),
    updated: now,
    ...{ ended: false, imported: false, recovered: false },
    ...{ producers: [], marks: [], takes: [{ take: 0, kind: 'recording', name: 'Recording', started: 0 }] },
    ...{ events: 0, missing: 0, bytes: 0, browser: agent },
  }
}

/** What the app says of itself, as the session's record has it. */
async function setAbout({ log }: LiveSession, { about }: HelloMessage): Promise<void> {
  const { session } = log
  if (!about || session.about) return
  session.about = { ...about, configHash: '' }
  log.infoDirty = true
  if (about.config) session.about.configHash = await sha256(new TextEncoder().encode(about.config))
}

function join(live: LiveSession, link: LinkInfo, hello: HelloMessage): ProducerLog | undefined {
  const { log } = live
  const info = log.session
  const next = hello.context === 'top' && info.producers.some(({ context }) => context === 'top')
  const offset = offsetOf(info.started, hello.timeOrigin, hello)
  if (!hasRoom(log, hello)) return undefined
  const producer = log.addProducer({
    ...{ id: hello.producer, name: hello.name, url: hello.url, title: hello.title, sdk: hello.sdk },
    context: link.frame === 'frame' && hello.context === 'top' ? 'frame' : hello.context,
    timeOrigin: hello.timeOrigin,
    ...{ offset, base: 0, emitted: 0, attachments: hello.attachments },
  })
  if (producer && next) {
    // Time 0 of its clock is when the new page began.
    log.addMark({ time: offset, kind: 'navigation', name: hello.url, producer: hello.producer, afterN: 0 })
  }
  return producer
}

function refresh(log: SessionLog, producer: ProducerLog, hello: HelloMessage): void {
  const { info } = producer
  correctOffset(info, log.session.started, hello)
  info.url = hello.url
  info.title = hello.title
  setAttachments(log, producer, hello.attachments)
}

/** An earlier page went away with events in its buffer, and nobody listened. */
async function explainPrevious(
  store: SessionStore,
  live: LiveSession,
  after: ProducerLog,
  hello: HelloMessage,
  previous: NonNullable<HelloMessage['previous']>,
): Promise<void> {
  const { log } = live
  if (previous.producer === after.info.id || previous.emitted === 0) return
  let own = log.producer(previous.producer)
  if (own && !mayBe(own.info, hello)) return
  // What an older session holds of it is not missing here.
  if (!own && (await stored(store)).some(({ info }) => info.producers.some(({ id }) => id === previous.producer)))
    return
  own ??= log.addProducer({
    ...{
      id: previous.producer,
      name: after.info.name,
      url: '',
      title: '',
      context: after.info.context,
      sdk: after.info.sdk,
    },
    ...{ timeOrigin: after.info.timeOrigin, offset: after.info.offset, base: 0, emitted: 0, attachments: [] },
  })
  if (!own) return
  const end = after.info.offset
  log.addGap(own, own.covered + 1, previous.emitted, 'unload', Number.isNaN(own.lastTime) ? end : own.lastTime, end)
}
