import { artifactsOf } from '@playhead/shared/model/artifact'
import type { SessionInfo } from '@playhead/shared/model/session'
import type { IDBPTransaction } from 'idb'
import type { BodyChange, Disk, SessionWrite, StoredSession } from '../storage/disk'
import { notePacked } from '../storage/packed-bodies'
import type { SessionRecord, UnfinishedRecord } from '../storage/records'
import { soundRecord } from '../storage/sound-record'
import { adoptBlobs, BYTES, dropUnused, putBlob, straysOf } from './blobs'
import { DATA_STORES, DATABASE_VERSION, MIGRATIONS, type PlayheadDatabase, type StoreName } from './database'
import { DatabaseConnection } from './database-connection'

type Writing = IDBPTransaction<PlayheadDatabase, StoreName[], 'readwrite'>

const ALL: StoreName[] = ['sessions', 'heads', 'bodies', 'tails', 'states', 'gaps', 'blobs', 'meta']
const importKey = (data: string) => `import:${data}`

/** Stores sessions in IndexedDB. Opens the database again by itself when the browser closed it. What each method promises says `Disk`. */
export class IdbDisk implements Disk {
  onEmptied?: () => void
  private readonly connection: DatabaseConnection
  /** The store in a transaction that was opened in this moment: bodies that are asked for together are read in one. */
  private reading: Promise<{ get(key: [string, number]): Promise<ArrayBuffer | undefined> }> | undefined

  constructor(name: string, version = DATABASE_VERSION, migrations = MIGRATIONS) {
    this.connection = new DatabaseConnection(name, () => this.onEmptied?.(), version, migrations)
  }

  async write(change: SessionWrite): Promise<void> {
    const { data } = change
    await this.change(['sessions', 'heads', 'bodies', 'tails', 'states', 'gaps'], tx => {
      const heads = tx.objectStore('heads')
      const bodies = tx.objectStore('bodies')
      for (const { firstSeq, head, body } of change.chunks) {
        quiet(heads.put(head, [data, firstSeq]))
        quiet(bodies.put(body, [data, firstSeq]))
      }
      for (const { firstSeq, head } of change.heads) quiet(heads.put(head, [data, firstSeq]))
      if (change.tail) quiet(tx.objectStore('tails').put(change.tail, data))
      else if (change.tail === null) quiet(tx.objectStore('tails').delete(data))
      for (const { code, record } of change.gaps) quiet(tx.objectStore('gaps').put(record, [data, code]))
      for (const { number, keyframe } of change.keyframes) quiet(tx.objectStore('states').put(keyframe, [data, number]))
      for (const number of change.removedKeyframes) quiet(tx.objectStore('states').delete([data, number]))
      if (change.evictedBelow !== undefined) {
        const range = IDBKeyRange.bound([data], [data, change.evictedBelow], false, true)
        quiet(heads.delete(range))
        quiet(bodies.delete(range))
      }
      if (change.record) quiet(tx.objectStore('sessions').put(change.record, change.record.info.id))
    })
  }

  async read(data: string): Promise<StoredSession> {
    const db = await this.connection.open()
    const tx = db.transaction(['heads', 'tails', 'states', 'gaps'])
    const range = rangeOf(data)
    const [keys, heads, tail, gaps, numbers, keyframes] = await Promise.all([
      tx.objectStore('heads').getAllKeys(range),
      tx.objectStore('heads').getAll(range),
      tx.objectStore('tails').get(data),
      tx.objectStore('gaps').getAll(range),
      tx.objectStore('states').getAllKeys(range),
      tx.objectStore('states').getAll(range),
      tx.done,
    ])
    return {
      heads: heads.map((head, i) => ({ firstSeq: (keys[i] as [string, number])[1], head })),
      tail,
      gaps,
      keyframes: keyframes.map((keyframe, i) => ({ number: (numbers[i] as [string, number])[1], keyframe })),
    }
  }

  async body(data: string, firstSeq: number): Promise<ArrayBuffer | undefined> {
    this.reading ??= this.connection
      .open()
      .then(db => db.transaction('bodies').store)
      .finally(() => {
        this.reading = undefined
      })
    return (await this.reading).get([data, firstSeq])
  }

  async packBody(change: BodyChange): Promise<boolean> {
    let there = false
    await this.change(['sessions', 'bodies'], async tx => {
      const bodies = tx.objectStore('bodies')
      const key: [string, number] = [change.data, change.firstSeq]
      // Looked up in the same transaction, so that a body that was evicted or wiped meanwhile does not come back.
      there = (await bodies.getKey(key)) !== undefined
      if (!there) return
      quiet(bodies.put(change.body, key))
      const record = await tx.objectStore('sessions').get(change.id)
      if (record && notePacked(record, change)) quiet(tx.objectStore('sessions').put(record, change.id))
    })
    return there
  }

  async sessions(): Promise<SessionRecord[]> {
    const tx = (await this.connection.open()).transaction('sessions')
    const [ids, records] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll(), tx.done])
    return records.map((record, i) => soundRecord(ids[i]!, record))
  }

  async session(id: string): Promise<SessionRecord | undefined> {
    const record = await (await this.connection.open()).get('sessions', id)
    return record && soundRecord(id, record)
  }

  async update(id: string, change: (info: SessionInfo) => void): Promise<void> {
    await this.change(['sessions'], async tx => {
      const record = await tx.objectStore('sessions').get(id)
      if (!record) return
      const { repaired: _, ...sound } = soundRecord(id, record)
      change(sound.info)
      quiet(tx.objectStore('sessions').put(sound, id))
    })
  }

  async remove(id: string): Promise<void> {
    await this.change(ALL, async tx => {
      const record = await tx.objectStore('sessions').get(id)
      quiet(tx.objectStore('sessions').delete(id))
      if (!record) return
      removeData(tx, soundRecord(id, record).data)
      await dropUnused(tx.objectStore('blobs'))
    })
  }

  async wipe(): Promise<void> {
    await this.change(ALL, tx => {
      for (const store of ALL) if (store !== 'meta') quiet(tx.objectStore(store).clear())
    })
  }

  async beginImport(data: string): Promise<void> {
    const record: UnfinishedRecord = { kind: 'import', data, started: Date.now() }
    await this.change(['meta'], tx => quiet(tx.objectStore('meta').put(record, importKey(data))))
  }

  async commitImport(record: SessionRecord): Promise<void> {
    await this.change(ALL, async tx => {
      const old = await tx.objectStore('sessions').get(record.info.id)
      const blobs = tx.objectStore('blobs')
      await adoptBlobs(blobs, record.data, new Set(artifactsOf(record.info).map(({ ref }) => ref)))
      if (old && old.data !== record.data) {
        removeData(tx, old.data)
        await dropUnused(blobs)
      }
      quiet(tx.objectStore('sessions').put(record, record.info.id))
      quiet(tx.objectStore('meta').delete(importKey(record.data)))
    })
  }

  async abortImport(data: string): Promise<void> {
    await this.change(ALL, tx => {
      removeData(tx, data)
      quiet(tx.objectStore('meta').delete(importKey(data)))
    })
  }

  async unfinishedImports(): Promise<string[]> {
    const records = await (await this.connection.open()).getAll('meta', IDBKeyRange.bound('import:', 'import;'))
    return (records as UnfinishedRecord[]).map(record => record.data)
  }

  async putBlob(data: string, ref: string, bytes: ArrayBuffer): Promise<boolean> {
    let fits = false
    await this.change(['blobs'], async tx => {
      fits = await putBlob(tx.objectStore('blobs'), data, ref, bytes)
    })
    return fits
  }

  async blob(ref: string): Promise<ArrayBuffer | undefined> {
    const bytes = await (await this.connection.open()).get('blobs', [BYTES, ref])
    return bytes instanceof ArrayBuffer ? bytes : undefined
  }

  async blobRefs(): Promise<string[]> {
    return (await (await this.connection.open()).getAllKeys('blobs', rangeOf(BYTES))).map(([, ref]) => ref)
  }

  async strayBlobs(): Promise<string[]> {
    const tx = (await this.connection.open()).transaction(['blobs', 'sessions'])
    return straysOf(tx.objectStore('blobs'), tx.objectStore('sessions'))
  }

  async sweepBlobs(strays: readonly string[]): Promise<void> {
    await this.change(['blobs', 'sessions'], async tx => {
      const blobs = tx.objectStore('blobs')
      const still = new Set(await straysOf(blobs, tx.objectStore('sessions')))
      for (const data of strays) if (still.has(data)) quiet(blobs.delete(rangeOf(data)))
      await dropUnused(blobs)
    })
  }

  close(): void {
    this.connection.close()
  }

  /** Runs `work` in one transaction. Resolves when it is complete; rejects with what made it fail, after which nothing of it is stored. */
  private async change(stores: StoreName[], work: (tx: Writing) => void | Promise<void>): Promise<void> {
    const db = await this.connection.open()
    const tx = db.transaction(stores, 'readwrite', { durability: 'relaxed' })
    const done = tx.done
    done.catch(() => undefined)
    try {
      await work(tx)
    } catch (error) {
      try {
        tx.abort()
      } catch {
        // The transaction is over already.
      }
      throw error
    }
    await done
  }
}

/** Ignores the error of one request: the transaction fails with it, and that is told. */
function quiet(request: Promise<unknown>): void {
  request.catch(() => undefined)
}

/** All keys that begin with a data key. */
function rangeOf(data: string): IDBKeyRange {
  return IDBKeyRange.bound([data], [data, []])
}

/** Deletes everything that lies under a data key. */
function removeData(tx: Writing, data: string): void {
  for (const store of DATA_STORES) quiet(tx.objectStore(store).delete(rangeOf(data)))
  quiet(tx.objectStore('tails').delete(data))
}
