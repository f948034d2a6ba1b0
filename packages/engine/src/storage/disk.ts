import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { GapRecord, SessionRecord, TailRecord } from './records'

/** What one transaction changes of one session. */
export interface SessionWrite {
  data: string
  /** Absent: the session stays out of the catalogue. */
  record?: SessionRecord
  chunks: { firstSeq: number; head: ArrayBuffer; body: ArrayBuffer }[]
  heads: { firstSeq: number; head: ArrayBuffer }[]
  /** Null: there is no open chunk; undefined: it stays as it is. */
  tail?: TailRecord | null
  gaps: { code: number; record: GapRecord }[]
  keyframes: { number: number; keyframe: Keyframe }[]
  removedKeyframes: number[]
  /** Chunks below this seq go. */
  evictedBelow?: number
}

/** A compressed body in place of a raw one. */
export interface BodyChange {
  /** Of the session in the catalogue, whose bytes change too. */
  id: string
  data: string
  firstSeq: number
  body: ArrayBuffer
  /** Bytes of the raw body. */
  rawBytes: number
}

/** Everything of a session but its text. */
export interface StoredSession {
  heads: { firstSeq: number; head: ArrayBuffer }[]
  tail: TailRecord | undefined
  gaps: GapRecord[]
  keyframes: { number: number; keyframe: Keyframe }[]
}

/** Artifacts of one session at most, and their bytes. */
export const MOST_ARTIFACTS = 1024
export const MOST_ARTIFACT_BYTES = 256 << 20

/** Durable storage. Every method is one transaction: all of it or nothing. Rejects when the disk says no. */
export interface Disk {
  /** Called when everything that was stored turns out to be gone, deleted by somebody else; the call that found it out rejects. */
  onEmptied?: () => void
  write(change: SessionWrite): Promise<void>
  read(data: string): Promise<StoredSession>
  body(data: string, firstSeq: number): Promise<ArrayBuffer | undefined>
  /** False: the body is not there (any more), nothing was written. */
  packBody(change: BodyChange): Promise<boolean>
  sessions(): Promise<SessionRecord[]>
  session(id: string): Promise<SessionRecord | undefined>
  /** Changes the catalogue's record; undefined where it is not there. */
  update(id: string, change: (info: SessionInfo) => void): Promise<void>
  remove(id: string): Promise<void>
  /** Everything of every session. */
  wipe(): Promise<void>
  /** Notes that data under a key belongs to an unfinished import. */
  beginImport(data: string): Promise<void>
  /** Puts the record into the catalogue in place of an older one of the same id, and ends the import. */
  commitImport(record: SessionRecord): Promise<void>
  /** Removes what an unfinished import wrote. */
  abortImport(data: string): Promise<void>
  unfinishedImports(): Promise<string[]>
  /** Stores an artifact once, and that the session refers to it. False: the session has no room for it. */
  putBlob(data: string, ref: string, bytes: ArrayBuffer): Promise<boolean>
  blob(ref: string): Promise<ArrayBuffer | undefined>
  /** References of all artifacts whose bytes are there. */
  blobRefs(): Promise<string[]>
  /** Data keys that refer to artifacts and are of no session in the catalogue. */
  strayBlobs(): Promise<string[]>
  /** These no longer refer to any, unless they are in the catalogue by now; bytes that nobody refers to go. */
  sweepBlobs(strays: readonly string[]): Promise<void>
  close(): void
}
