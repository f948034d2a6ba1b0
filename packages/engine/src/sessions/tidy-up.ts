import type { Disk } from '../storage/disk'
import { sweepImports } from '../storage/import-writer'
import { type Locks, sessionLock } from '../storage/locks'

/**
 * Tidies up after engines that ended without saying so. Whatever no engine holds a lock on is left over: unfinished imports are removed,
 * sessions that were not ended and can no longer go on (last updated before `stale`, epoch ms) are ended and marked as recovered, and
 * artifacts without a session are removed. Rejects when the disk refuses.
 */
export async function tidyUp(disk: Disk, locks: Locks, stale: number): Promise<void> {
  await sweepImports(disk, locks)
  const held = await locks.held()
  for (const { info, repaired } of await disk.sessions()) {
    // A damaged record was completed by guesses, which are not written before somebody opened the session.
    if (repaired || info.ended || info.updated > stale || held.has(sessionLock(info.id))) continue
    await disk.update(info.id, stored => {
      stored.ended = true
      stored.recovered = true
    })
  }
  // A session's lock is taken before its first artifact is stored; its record may be written after. So the lock decides.
  const strays = await disk.strayBlobs()
  if (strays.length === 0) return
  const now = await locks.held()
  await disk.sweepBlobs(strays.filter(data => !now.has(sessionLock(data))))
}
