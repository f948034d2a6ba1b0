import type { Mark, ProducerInfo } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import { WireError } from '@playhead/shared/wire/error'
import { Limits } from '@playhead/shared/wire/limits'
import type { ArtifactMessage } from '@playhead/shared/wire/messages'
import { sessionTime } from '../log/append-rows'
import type { SessionLog } from '../log/session-log'
import { type Disk, MOST_ARTIFACT_BYTES, MOST_ARTIFACTS } from '../storage/disk'
import { MemoryArtifacts } from './memory-artifacts'
import { sha256 } from './sha256'

/** At most so many bytes are hashed and stored at one time: enough for four recorders of a page that send all they keep. */
const MOST_UNDER_WAY = 8 * Limits.artifactBytes

/** What artifacts need of the session they belong to. */
export interface ArtifactSession {
  readonly log: SessionLog
  /** Absent where the session lives in memory only. */
  readonly writer?: { readonly data: string } | undefined
  /** Notes that the log changed and must be written. */
  touch(): void
}

/**
 * Keeps the bytes of artifacts. The bytes lie apart from the log, under their SHA-256 (`ref`); a mark in the log names it. Equal bytes are
 * kept once, however many sessions refer to them. They lie on disk if their session does, otherwise in memory, where the oldest go.
 * Nobody believes a `ref` before the bytes were hashed here.
 */
export class Artifacts {
  private readonly memory = new MemoryArtifacts()
  private readonly pending = new Set<Promise<unknown>>()
  private bytesPending = 0
  /** Sessions of which the user was told that an artifact was not stored: once is enough. */
  private readonly told = new WeakSet<ArtifactSession>()

  constructor(
    private readonly disk: Disk | undefined,
    private readonly problem: (message: string) => void,
  ) {}

  /**
   * Hashes and stores an artifact. Resolves with true when the page need not keep it any more: it is on disk, or was refused for good.
   * Rejects with a WireError where the bytes do not have the hash that the page named, or too many are under way.
   */
  take(live: ArtifactSession, producer: ProducerInfo, message: ArtifactMessage): Promise<boolean> {
    const { byteLength } = message.data
    if (this.bytesPending + byteLength > MOST_UNDER_WAY) {
      return Promise.reject(new WireError('too many artifacts at once', 'data'))
    }
    this.bytesPending += byteLength
    const work = this.store(live, producer, message).finally(() => {
      this.bytesPending -= byteLength
      this.pending.delete(work)
    })
    this.pending.add(work)
    return work
  }

  /** Returns those of `refs` whose bytes are here. */
  async here(refs: readonly string[]): Promise<string[]> {
    const stored = new Set(await this.disk?.blobRefs())
    return refs.filter(ref => stored.has(ref) || this.memory.has(ref))
  }

  /** Returns the bytes of an artifact; undefined where they are not here, or do not have that hash any more. */
  async read(ref: string): Promise<ArrayBuffer | undefined> {
    const bytes = this.memory.get(ref) ?? (await this.disk?.blob(ref))
    return bytes && (await sha256(bytes)) === ref ? bytes : undefined
  }

  /** Keeps the bytes of an artifact in memory, whose hash the caller has checked. */
  keep(session: string, ref: string, bytes: ArrayBuffer): void {
    this.memory.put(session, ref, bytes)
  }

  /** Forgets a session that is about to be deleted. Waits for what is on its way to the disk, which would come back otherwise. */
  async forget(session: string): Promise<void> {
    await Promise.allSettled(this.pending)
    this.memory.forget(session)
  }

  /** Forgets every session, as `forget` does. */
  async clear(): Promise<void> {
    await Promise.allSettled(this.pending)
    this.memory.clear()
  }

  private async store(live: ArtifactSession, producer: ProducerInfo, message: ArtifactMessage): Promise<boolean> {
    const { data } = message
    const ref = await sha256(data)
    if (ref === '' || (message.ref !== '' && message.ref !== ref)) throw new WireError('not the bytes it names', 'ref')
    if (message.ref === '') setMark(live, producer, message, ref)
    const { writer } = live
    if (!this.disk || !writer) {
      this.memory.put(live.log.session.id, ref, data)
      return false
    }
    try {
      const fits = await this.disk.putBlob(writer.data, ref, data)
      if (!fits) this.tell(live, `this session has ${MOST_ARTIFACTS} of them, or ${MOST_ARTIFACT_BYTES >> 20} MB`)
      // An artifact that found no room would find none again, so the page need not keep it.
      return true
    } catch (error) {
      this.memory.put(live.log.session.id, ref, data)
      this.tell(live, messageOf(error))
      return false
    }
  }

  private tell(live: ArtifactSession, why: string): void {
    if (this.told.has(live)) return
    this.told.add(live)
    this.problem(`An artifact could not be stored: ${why}`)
  }
}

/** Sets the mark of an artifact in place of a page that cannot hash. Does nothing where it is set: the page may send its message again. */
function setMark(live: ArtifactSession, { id, offset }: ProducerInfo, message: ArtifactMessage, ref: string): void {
  const { name, type, afterN } = message
  const mark: Mark = {
    ...{ time: sessionTime(message.time, offset), kind: 'artifact', name, producer: id, afterN },
    data: JSON.stringify({ ref, type, bytes: message.data.byteLength }),
  }
  const same = (known: Mark) =>
    known.kind === 'artifact' &&
    known.producer === id &&
    known.name === name &&
    known.afterN === afterN &&
    known.data === mark.data
  if (live.log.session.marks.some(same)) return
  live.log.addMark(mark)
  live.touch()
}
