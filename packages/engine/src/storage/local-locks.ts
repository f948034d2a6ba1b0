import type { Locks } from './locks'

/** ms between two looks at a lock that somebody waits for. */
const LOOK = 20

/**
 * Locks that only this process knows of: for engines that share their storage with nobody, and for browsers that give an insecure page no
 * lock manager.
 */
export function localLocks(): Locks {
  const taken = new Set<string>()
  return {
    async hold(name, patience = 0) {
      const until = performance.now() + patience
      while (taken.has(name)) {
        if (performance.now() >= until) throw new Error(`${name} is taken`)
        await new Promise(resolve => setTimeout(resolve, LOOK))
      }
      taken.add(name)
      return () => void taken.delete(name)
    },
    held: async () => new Set(taken),
  }
}
