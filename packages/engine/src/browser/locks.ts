/** Web Locks, where there are any: they end with the worker that holds them, however it ends. */
const locks: LockManager | undefined = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks

const PREFIX = 'playhead:session:'

export const sessionLock = (session: string) => PREFIX + session
/** Undefined: the lock is for something else. */
export const sessionOfLock = (name: string) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined)

/** Takes a lock and returns the function that releases it. Rejects when somebody else holds it, and goes on to for `patience` ms. */
export function holdLock(name: string, patience = 0): Promise<() => void> {
  if (!locks) return Promise.resolve(() => {})
  return new Promise((resolve, reject) => {
    locks
      .request(name, patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true }, lock => {
        if (!lock) {
          reject(new Error(`${name} is taken`))
          return undefined
        }
        return new Promise<void>(release => resolve(release))
      })
      .catch(reject)
  })
}

/** Names of the locks held now, by this and other panels. */
export async function heldLocks(): Promise<Set<string>> {
  const held = (await locks?.query())?.held ?? []
  return new Set(held.map(lock => lock.name ?? ''))
}
