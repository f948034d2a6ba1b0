import { localLocks } from '../storage/local-locks'
import type { Locks } from '../storage/locks'

/**
 * Makes locks of the browser's own, which end with the worker that holds them. An insecure origin has none: there an engine knows its own
 * locks only.
 */
export function webLocks(manager: LockManager | undefined): Locks {
  if (!manager) return localLocks()
  return {
    hold: (name, patience = 0) =>
      new Promise((resolve, reject) => {
        manager
          .request(name, patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true }, lock => {
            if (!lock) {
              reject(new Error(`${name} is taken`))
              return undefined
            }
            return new Promise<void>(release => resolve(release))
          })
          .catch(reject)
      }),
    async held() {
      const { held = [] } = await manager.query()
      return new Set(held.map(lock => lock.name ?? ''))
    },
  }
}
