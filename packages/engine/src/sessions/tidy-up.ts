import type { Disk } from '../storage/disk'
import { sweepImports } from '../storage/import-writer'
import { type Locks, sessionLock } from '../storage/locks'

/**
 * Tidies up after engines that ended without saying so. What nobody holds a lock on is nobody's: unfinished imports are removed, sessions
 * that were not ended and can no longer go on (last heard before `stale`, epoch ms) are ended and marked as recovered, and artifacts
 * without a session are removed. Rejects when the disk says no.
 */
export async function tidyUp(disk: Disk, locks: Locks, stale: number): Promise<void> {
  await sweepImports(disk, locks)
  const held = await locks.held()
  for (const { info, repaired } of await disk.sessions()) {
    // A guess is not written down before somebody saw it.
    if (repaired || info.ended || info.updated > stale || held.has(sessionLock(info.id))) continue
    await disk.update(info.id, stored => {
      stored.ended = true
      stored.recovered = true
    })
  }
  // The lock of a session comes before its first artifact, its record may come after.
  const strays = await disk.strayBlobs()
  if (strays.length === 0) return
  const now = await locks.held()
  await disk.sweepBlobs(strays.filter(data => !now.has(sessionLock(data))))
}
