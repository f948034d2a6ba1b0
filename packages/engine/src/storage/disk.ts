import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { GapRecord, SessionRecord, TailRecord } from './records'

/** What one transaction changes of one session. Everything is put in place of what was stored under the same key before. */
export interface SessionWrite {
  /** The data key of the session. */
  data: string
  /** The session's record for the catalogue. Absent: the catalogue stays as it is, as during an import. */
  record?: SessionRecord
  /** Chunks that were sealed. */
  chunks: { firstSeq: number; head: ArrayBuffer; body: ArrayBuffer }[]
  /** Heads of stored chunks in which a late fact changed a row. */
  heads: { firstSeq: number; head: ArrayBuffer }[]
  /** The open chunk. Null deletes the stored one; undefined leaves it as it is. */
  tail?: TailRecord | null
  /** All gaps of each producer whose gaps changed, by the producer's code. */
  gaps: { code: number; record: GapRecord }[]
  keyframes: { number: number; keyframe: Keyframe }[]
  /** Numbers of the keyframes that are deleted. */
  removedKeyframes: number[]
  /** Chunks that begin below this seq are deleted. */
  evictedBelow?: number
}

/** A compressed body that replaces a raw one. */
export interface BodyChange {
  /** Id of the session: the bytes in its record change too. */
  id: string
  data: string
  firstSeq: number
  body: ArrayBuffer
  /** Bytes that the raw body has. */
  rawBytes: number
}

/** Everything that is stored of a session, except its record and the bodies of its sealed chunks. */
export interface StoredSession {
  /** In the order of `firstSeq`. */
  heads: { firstSeq: number; head: ArrayBuffer }[]
  tail: TailRecord | undefined
  gaps: GapRecord[]
  keyframes: { number: number; keyframe: Keyframe }[]
}

/** One session may refer to so many artifacts, with so many bytes in all. */
export const MOST_ARTIFACTS = 1024
export const MOST_ARTIFACT_BYTES = 256 << 20

/**
 * The port to durable storage: IndexedDB in a browser, a folder of files in Node, memory in tests. What is stored of a session:
 *
 *     catalogue   session id → SessionRecord { info, data, … }      `data` is the data key, under which everything else lies
 *
 *     heads       data, firstSeq → columns of a sealed chunk         read when the session is opened
 *     bodies      data, firstSeq → payload text of a sealed chunk    read when somebody looks at it or searches it
 *     tails       data → head and body of the open chunk             written again and again while the chunk grows
 *     gaps        data, producer code → what is missing of it
 *     states      data, number → a keyframe
 *     blobs       ref → bytes of an artifact; data, ref → this session refers to it
 *
 * What every method promises:
 *
 * - It is one transaction. When the promise resolves, all of it is stored; when it rejects, nothing of it is, and what was stored before is
 *   as it was. A transaction sees every one that resolved before it was begun.
 * - It rejects when the disk refuses: it is full, cannot be opened, or is gone. The caller may try again at any time.
 * - Whether bytes survive a loss of power right after it resolved is left to the implementation. They survive the end of this process.
 * - Whatever is read may have been damaged from outside. Records come back sound (sound-record.ts); heads, bodies and keyframes have to
 *   be checked by whoever reads them.
 *
 * The port does not know locks (locks.ts). It is the engine's task that only the holder of a session's lock writes events of the session;
 * `update` is for everybody.
 */
export interface Disk {
  /** Is called when everything that was stored turns out to be gone, deleted by somebody else. The call that found it out rejects. */
  onEmptied?: () => void
  write(change: SessionWrite): Promise<void>
  /** Reads a session without its bodies. A data key that nobody used reads as an empty session. */
  read(data: string): Promise<StoredSession>
  /** Reads the body of a sealed chunk; undefined where it is not there. */
  body(data: string, firstSeq: number): Promise<ArrayBuffer | undefined>
  /** Replaces a body by a compressed one. Resolves with false where the body is not there any more: nothing was written. */
  packBody(change: BodyChange): Promise<boolean>
  /** Reads the catalogue, in no particular order. */
  sessions(): Promise<SessionRecord[]>
  /** Reads one record; undefined where there is none of that id. */
  session(id: string): Promise<SessionRecord | undefined>
  /** Changes a record within one transaction. Does nothing where there is none of that id. */
  update(id: string, change: (info: SessionInfo) => void): Promise<void>
  /** Deletes a session, everything under its data key, and artifacts that no other session refers to. */
  remove(id: string): Promise<void>
  /** Deletes everything of every session, imports that are under way included. */
  wipe(): Promise<void>
  /** Notes that everything under a data key belongs to an unfinished import. */
  beginImport(data: string): Promise<void>
  /** Puts the record into the catalogue, deletes the session that had the same id before, and ends the import. */
  commitImport(record: SessionRecord): Promise<void>
  /** Deletes what an unfinished import wrote, and ends it. */
  abortImport(data: string): Promise<void>
  /** Data keys of the imports that were begun and not ended. */
  unfinishedImports(): Promise<string[]>
  /**
   * Stores an artifact, if its bytes are not there yet, and that the session refers to it. Resolves with false where the session has no
   * room.
   */
  putBlob(data: string, ref: string, bytes: ArrayBuffer): Promise<boolean>
  /** Reads the bytes of an artifact; undefined where they are not there. */
  blob(ref: string): Promise<ArrayBuffer | undefined>
  /** Returns the references of all artifacts whose bytes are there. */
  blobRefs(): Promise<string[]>
  /** Returns the data keys that refer to artifacts and belong to no session of the catalogue. */
  strayBlobs(): Promise<string[]>
  /** Deletes the references of these data keys, unless they belong to a session by now, and artifacts that nobody refers to. */
  sweepBlobs(strays: readonly string[]): Promise<void>
  /** Releases what is open. The next call opens it again. */
  close(): void
}
