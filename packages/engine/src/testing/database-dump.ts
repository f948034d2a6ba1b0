/** A whole database as JSON: records by store; bytes as `{ "$bytes": <base64> }`, 64-bit floats as `{ "$floats": [ … ] }`. */
export interface DatabaseDump {
  /** Of the database. */
  version: number
  stores: Record<string, [key: IDBValidKey, value: unknown][]>
}

interface Binary {
  $bytes: string
  $floats: number[]
}

/** A dump's value as it was in the database. */
export function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived)
  if (typeof value !== 'object' || value === null) return value
  const { $bytes, $floats } = value as Partial<Binary>
  if (typeof $bytes === 'string') return Uint8Array.from(atob($bytes), letter => letter.charCodeAt(0)).buffer
  if (Array.isArray($floats)) return Float64Array.from($floats)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revived(inner)]))
}

/** Makes the database that was dumped. Rejects where one of that name is there. */
export async function writeDump(name: string, dump: DatabaseDump): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, dump.version)
    request.onupgradeneeded = event => {
      if (event.oldVersion > 0) request.transaction?.abort()
      else for (const store of Object.keys(dump.stores)) request.result.createObjectStore(store)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const stores = Object.keys(dump.stores)
  if (stores.length > 0) {
    await new Promise<void>((resolve, reject) => {
      const tx = db.transaction(stores, 'readwrite')
      for (const store of stores) {
        for (const [key, value] of dump.stores[store] ?? []) tx.objectStore(store).put(revived(value), key)
      }
      tx.oncomplete = () => resolve()
      tx.onabort = () => reject(tx.error)
    })
  }
  db.close()
}
