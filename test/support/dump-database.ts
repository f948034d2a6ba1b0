import type { Frame, Page } from 'puppeteer-core'
import type { DatabaseDump } from '../../packages/engine/src/testing/database-dump.ts'

/** Returns the whole database of the extension or page that a document belongs to. Rejects where there is none. */
export async function dumpDatabase(from: Frame | Page, name = 'playhead'): Promise<DatabaseDump> {
  // tsx wraps named functions in a call of a helper, which the document does not have.
  await from.evaluate('globalThis.__name ??= made => made')
  return from.evaluate(inDocument, name) as Promise<DatabaseDump>
}

/** Runs in the document, and so must not use names from outside. */
async function inDocument(name: string): Promise<unknown> {
  const plain = (value: unknown): unknown => {
    if (value instanceof ArrayBuffer) {
      const bytes = new Uint8Array(value)
      let text = ''
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
      return { $bytes: btoa(text) }
    }
    if (value instanceof Float64Array) return { $floats: [...value] }
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
  }
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const stores = [...db.objectStoreNames]
  const tx = db.transaction(stores)
  const rows = await Promise.all(
    stores.map(
      store =>
        new Promise((resolve, reject) => {
          const all: [unknown, unknown][] = []
          const request = tx.objectStore(store).openCursor()
          request.onerror = () => reject(request.error)
          request.onsuccess = () => {
            const cursor = request.result
            if (!cursor) return resolve([store, all])
            all.push([cursor.key, plain(cursor.value)])
            cursor.continue()
          }
        }),
    ),
  )
  const { version } = db
  db.close()
  return { version, stores: Object.fromEntries(rows as [string, unknown][]) }
}
