import type { Keyframe } from '@playhead/shared/model/session'
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { GapRecord, SessionRecord, TailRecord } from '../storage/records'

/** Version of the database: the number of steps in MIGRATIONS. */
export const DATABASE_VERSION = 1

/** The stores of the database. `data key` is `SessionRecord.data`. */
export interface PlayheadDatabase extends DBSchema {
  /** The catalogue, by session id. */
  sessions: { key: string; value: SessionRecord }
  /** Columns of sealed chunks, by data key and first seq. */
  heads: { key: [data: string, firstSeq: number]; value: ArrayBuffer }
  /** Text of sealed chunks, by data key and first seq. */
  bodies: { key: [data: string, firstSeq: number]; value: ArrayBuffer }
  /** Open chunks, by data key. */
  tails: { key: string; value: TailRecord }
  /** Keyframes, by data key and number. */
  states: { key: [data: string, number: number]; value: Keyframe }
  /** Gaps, by data key and producer code. */
  gaps: { key: [data: string, producer: number]; value: GapRecord }
  /** Artifacts and the references of sessions to them (blobs.ts). */
  blobs: { key: [data: string, ref: string]; value: ArrayBuffer | number }
  /** The version under `schema`; an `UnfinishedRecord` under `import:<data key>` while an import runs. */
  meta: { key: string; value: unknown }
}

export type StoreName = StoreNames<PlayheadDatabase>
type Migration = (
  db: IDBPDatabase<PlayheadDatabase>,
  tx: IDBPTransaction<PlayheadDatabase, StoreName[], 'versionchange'>,
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
