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

/** The session that a recorder records into, and its producer in it. */
export interface Admission {
  live: LiveSession
  producer: ProducerLog
  /** True: the session was live before. False: another one was resumed or begun for this recorder, and is live now. */
  same: boolean
}

/**
 * Finds or makes the session for a recorder that says hello. The first line that holds decides:
 *
 *     the live session knows the producer                                          → it goes on
 *     a frame or a worker in the tab of the live session                           → joins the live session
 *     a page in that tab, of the same origin, within 30 minutes                    → the live session goes on, with a mark
 *     a page in that tab, and only frames and workers recorded so far              → the live session goes on, and is the page's
 *     a stored session of this tab and origin knows the producer                   → the live session ends, that one is resumed
 *     a stored session of this tab and origin was not ended, within 30 minutes     → the live session ends, that one is resumed
 *     none of these                                                                → the live session ends, a new one begins
 *
 * A producer keeps its id for as long as its document lives, so the first line is the usual one after a panel was closed and opened
 * again. A reload makes a new producer: the third line. A tab that goes to another origin gets another session, because sessions are
 * replayed into one origin.
 *
 * Then the producer joins the session if it is new there, its clock and its attachments are brought up to date, and what an earlier page
 * left behind unsent becomes a gap with the reason `unload`.
 *
 * Returns undefined where the session has no room for another producer. Rejects with a WireError where the producer belongs to a page of
 * another origin, and with the disk's error where a session cannot be stored.
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

/** Returns the stored sessions that the producer may continue: at most one that knows it, then at most one that is still going on. */
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

/** Returns all records. A database that cannot be read counts as one without sessions, so that a page can record all the same. */
function stored(store: SessionStore): Promise<SessionRecord[]> {
  return store.records().catch(() => [])
}

/** True: the session has producers, and all are frames or workers. Its page has not said hello yet. */
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

/** Puts into the session's record what the app says of its run. The first page that says something is believed. */
async function setAbout({ log }: LiveSession, { about }: HelloMessage): Promise<void> {
  const { session } = log
  if (!about || session.about) return
  session.about = { ...about, configHash: '' }
  log.infoDirty = true
  if (about.config) session.about.configHash = await sha256(new TextEncoder().encode(about.config))
}

/** Adds the producer to the session, with a mark where a page follows another. Undefined where there is no room. */
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
    // The producer's clock was 0 when the new page began, so that moment is `offset` in session time.
    log.addMark({ time: offset, kind: 'navigation', name: hello.url, producer: hello.producer, afterN: 0 })
  }
  return producer
}

/** Brings up to date what a page may say differently with every hello. */
function refresh(log: SessionLog, producer: ProducerLog, hello: HelloMessage): void {
  const { info } = producer
  correctOffset(info, log.session.started, hello)
  info.url = hello.url
  info.title = hello.title
  setAttachments(log, producer, hello.attachments)
}

/**
 * Makes a gap of the events that an earlier page had in its buffer when it went away. The new page tells of them (`previous`: the id of
 * that page's producer and its last n), because nobody listened when the earlier one could have sent them.
 */
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
  // A producer of an older session is not missing here.
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
