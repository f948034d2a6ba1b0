import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'

/** Version of the database. A new one is one more step in MIGRATIONS. */
export const DATABASE_VERSION = 1

/**
 * The catalogue's record. `data` is the key under which the session's chunks lie: as a rule its id, another one for a session that was
 * imported, so that it can replace the old one in a single transaction.
 */
export interface SessionRecord {
  info: SessionInfo
  data: string
  /** Seq of the first visible event. */
  firstSeq: number
  /** Which bodies are compressed, and to how many bytes: pairs of first seq and bytes. */
  packed?: Float64Array
  /** What was stored could not be read whole; what was wrong has been replaced by guesses. Never stored itself. */
  repaired?: boolean
}

/** The open chunk. */
export interface TailRecord {
  head: ArrayBuffer
  body: ArrayBuffer
}

export interface GapRecord {
  producer: ProducerId
  gaps: Gap[]
}

/** Written by someone who has not finished: `started` in epoch ms. What it wrote under `data` is removed if nobody holds its lock. */
export interface UnfinishedRecord {
  kind: 'import'
  data: string
  started: number
}

export interface PlayheadDatabase extends DBSchema {
  /** By session id. */
  sessions: { key: string; value: SessionRecord }
  /** Columns of sealed chunks, by data key and first seq. */
  heads: { key: [data: string, firstSeq: number]; value: ArrayBuffer }
  /** Text of sealed chunks, by data key and first seq. */
  bodies: { key: [data: string, firstSeq: number]; value: ArrayBuffer }
  /** By data key. */
  tails: { key: string; value: TailRecord }
  /** Keyframes, by data key and number. */
  states: { key: [data: string, number: number]; value: Keyframe }
  /** By data key and producer code. */
  gaps: { key: [data: string, producer: number]; value: GapRecord }
  /** Artifacts: bytes by `''` and reference, and who refers to how many bytes, by data key and reference (storage/blobs). */
  blobs: { key: [data: string, ref: string]; value: ArrayBuffer | number }
  /** `schema`, and `import:<data key>` while an import runs. */
  meta: { key: string; value: unknown }
}

export type Store = StoreNames<PlayheadDatabase>
type Migration = (
  db: IDBPDatabase<PlayheadDatabase>,
  tx: IDBPTransaction<PlayheadDatabase, Store[], 'versionchange'>,
) => void

/** Step i brings version i to version i + 1. Steps are never changed once released. */
export const MIGRATIONS: readonly Migration[] = [
  (db, tx) => {
    for (const store of ['sessions', 'heads', 'bodies', 'tails', 'states', 'gaps', 'blobs', 'meta'] as const) {
      db.createObjectStore(store)
    }
    void tx.objectStore('meta').put({ version: 1, steps: [1] }, 'schema')
  },
]

/** Stores whose keys begin with the data key of a session. */
export const DATA_STORES = ['heads', 'bodies', 'states', 'gaps', 'blobs'] as const
