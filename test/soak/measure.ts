import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'puppeteer-core'
import type { Chromium } from '../support/chromium'
import type { Panel } from '../support/panel'

/** Bytes in use after a collection, heap and buffers, and on disk. */
export interface Usage {
  page: number
  panel: number
  worker: number
  disk: number
}

/** Prepared once: a session that is opened for every look would itself be seen. */
export async function meterOf(chromium: Chromium, page: Page, panel: Panel): Promise<() => Promise<Usage>> {
  const worker = chromium.browser.targets().find(target => target.url().includes('/assets/entry'))
  if (!worker) throw new Error('the panel has no worker')
  const sessions = {
    page: await page.createCDPSession(),
    panel: (panel.frame as unknown as { client: CDPSession }).client,
    worker: await worker.createCDPSession(),
  }
  for (const session of Object.values(sessions)) await session.send('HeapProfiler.enable')
  return async () => {
    const usage: Usage = { page: 0, panel: 0, worker: 0, disk: sizeOf(join(chromium.profileDir, 'Default/IndexedDB')) }
    for (const [name, session] of Object.entries(sessions)) {
      await session.send('HeapProfiler.collectGarbage')
      const heap = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
      usage[name as keyof Usage] = heap.usedSize + (heap.backingStorageSize ?? 0)
    }
    return usage
  }
}

/** Missing events of the newest stored session by reason, as the disk has them. */
export async function missingByReason(panel: Panel): Promise<Record<string, number>> {
  const text = await panel.frame.evaluate(
    `new Promise((resolve, reject) => {
      const opening = indexedDB.open('playhead')
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const all = opening.result.transaction('gaps').objectStore('gaps').getAll()
        all.onsuccess = () => { opening.result.close(); resolve(JSON.stringify(all.result)) }
      }
    })`,
  )
  const records = JSON.parse(String(text)) as { gaps: { reason: string; count: number }[] }[]
  const sums: Record<string, number> = {}
  for (const { reason, count } of records.flatMap(record => record.gaps)) sums[reason] = (sums[reason] ?? 0) + count
  return sums
}

/** Bytes of all files below; what goes while it is looked at counts as nothing. */
function sizeOf(folder: string): number {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    try {
      bytes += statSync(join(entry.parentPath ?? entry.path, entry.name)).size
    } catch {
      // Compacted away.
    }
  }
  return bytes
}
