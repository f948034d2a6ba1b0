import type { EngineHost } from '../host'
import { ThreadRegexRunner } from '../search/terms/regex-runner'
import { broadcastPeers } from './broadcast-peers'
import { IdbDisk } from './idb-disk'
import { opfsExports } from './opfs-exports'
import { regexWorker } from './regex-thread'
import { webLocks } from './web-locks'

/** Makes the engine's host in a worker or a page. It shares its storage with every other worker and page of the same origin. */
export function browserHost(): EngineHost {
  const { storage, userAgent } = navigator
  return {
    disk: name => new IdbDisk(name),
    // An insecure origin has neither a lock manager nor a storage manager.
    locks: webLocks((navigator as { locks?: LockManager }).locks),
    peers: broadcastPeers,
    exports: opfsExports,
    regex: new ThreadRegexRunner(regexWorker),
    async quota() {
      const estimate = await (storage as StorageManager | undefined)?.estimate().catch(() => undefined)
      return { usage: estimate?.usage ?? 0, quota: estimate?.quota ?? 0 }
    },
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    agent: userAgent,
  }
}
