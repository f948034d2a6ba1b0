/** IndexedDB without the code under test: to damage what it stored, and to stand in its way. */
export function openRaw(name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Puts what `change` makes of a stored value in its place; undefined removes it. */
export async function changeStored(
  name: string,
  store: string,
  key: IDBValidKey,
  change: (value: never) => unknown,
): Promise<void> {
  const db = await openRaw(name)
  await new Promise<void>((resolve, reject) => {
    const tx = db.transaction(store, 'readwrite')
    const request = tx.objectStore(store).get(key)
    request.onsuccess = () => {
      const next = change(request.result as never)
      if (next === undefined) tx.objectStore(store).delete(key)
      else tx.objectStore(store).put(next, key)
    }
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
  })
  db.close()
}

/** Resolves when the database is gone, also where somebody has it open and lets go of it. */
export function deleteRaw(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

/** One bit in the middle, or where `at` says (0 to 1), is another one. */
export function flip(buffer: ArrayBuffer, at = 0.5, bit = 2): ArrayBuffer {
  const bytes = new Uint8Array(buffer)
  const place = Math.min(bytes.length - 1, Math.floor(bytes.length * at))
  bytes[place]! ^= 1 << bit
  return buffer
}
