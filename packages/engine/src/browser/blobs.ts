import type { IDBPObjectStore } from 'idb'
import { MOST_ARTIFACT_BYTES, MOST_ARTIFACTS } from '../storage/disk'
import { soundRecord } from '../storage/sound-record'
import type { PlayheadDatabase, StoreName } from './database'

/**
 * The store of artifacts. Each is stored once, however many sessions refer to it:
 *
 *     ['', ref]    → the bytes
 *     [data, ref]  → how many bytes they are; the session with this data key refers to them
 *
 * Bytes that no session refers to are deleted in the transaction that removes the last reference.
 */
type Blobs<Mode extends IDBTransactionMode> = IDBPObjectStore<PlayheadDatabase, StoreName[], 'blobs', Mode>
type SessionsStore = IDBPObjectStore<PlayheadDatabase, StoreName[], 'sessions', 'readonly' | 'readwrite'>

/** The place of the data key in the keys of the bytes themselves. */
export const BYTES = ''

/** Stores bytes and the reference of a session to them. Resolves with false where the session has no room for them. */
export async function putBlob(
  blobs: Blobs<'readwrite'>,
  data: string,
  ref: string,
  bytes: ArrayBuffer,
): Promise<boolean> {
  if ((await blobs.getKey([data, ref])) === undefined) {
    const sizes = (await blobs.getAll(IDBKeyRange.bound([data], [data, []]))) as number[]
    const sum = sizes.reduce((all, size) => all + size, 0)
    if (sizes.length >= MOST_ARTIFACTS || sum + bytes.byteLength > MOST_ARTIFACT_BYTES) return false
    await blobs.put(bytes.byteLength, [data, ref])
  }
  if ((await blobs.getKey([BYTES, ref])) === undefined) await blobs.put(bytes, [BYTES, ref])
  return true
}

/** Lets an imported session refer to those of its artifacts whose bytes are here already. */
export async function adoptBlobs(blobs: Blobs<'readwrite'>, data: string, refs: Iterable<string>): Promise<void> {
  for (const ref of refs) {
    const bytes = (await blobs.get([BYTES, ref])) as ArrayBuffer | undefined
    if (bytes) await blobs.put(bytes.byteLength, [data, ref])
  }
}

/** Returns the data keys that refer to artifacts and belong to no session. */
export async function straysOf(blobs: Blobs<'readonly' | 'readwrite'>, sessions: SessionsStore): Promise<string[]> {
  const owners = new Set((await blobs.getAllKeys()).map(([data]) => data))
  owners.delete(BYTES)
  if (owners.size === 0) return []
  const ids = await sessions.getAllKeys()
  const records = await sessions.getAll()
  for (const [i, record] of records.entries()) owners.delete(soundRecord(ids[i]!, record).data)
  return [...owners]
}

/** Deletes the bytes that no session refers to. */
export async function dropUnused(blobs: Blobs<'readwrite'>): Promise<void> {
  const keys = await blobs.getAllKeys()
  const used = new Set(keys.flatMap(([data, ref]) => (data === BYTES ? [] : [ref])))
  for (const key of keys) if (key[0] === BYTES && !used.has(key[1])) await blobs.delete(key)
}
