import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locks } from '../storage/locks'
import { fileNameOf, nameOfFile } from './file-names'
import { isAlive, ownIdentity } from './process-identity'

/** ms between two tries for a lock that is waited for; a random part keeps two claimants from meeting again and again. */
const PAUSE = 10
/** Tries of somebody who does not wait: two that meet both withdraw, although the lock is free. */
const TRIES = 5

/**
 * Locks between processes that share a folder. A lock is a folder of claims, one file for each claimant, named by process and claim:
 *
 *     <folder>/playhead%3Asession%3A01J…/1234.f3a9….6d0c…      ← held by the process 1234
 *
 *     claim:    create the own file, then list the folder
 *               no other claim of a living process  → the lock is held; the file stays
 *               another one                         → withdraw: remove the own file; wait and try again, or refuse
 *     release:  remove the own file
 *
 * Each claimant creates its file before it looks, so of two that meet at least one sees the other: never do both hold the lock. Claims
 * of processes that are gone count for nothing and are removed by whoever sees them; nobody can remove a living one by mistake, because
 * no two claims have the same name. Nothing is ever taken over, so there is no moment in which a takeover could race with another.
 */
export function lockFiles(folder: string): Locks {
  /** Locks that this process holds, or tries for now: each resolves when that is over. Only one of a process looks at the files. */
  const here = new Map<string, Promise<void>>()

  const claim = async (name: string): Promise<(() => Promise<void>) | undefined> => {
    const claims = join(folder, fileNameOf(name))
    const own = `${await ownIdentity()}.${randomUUID()}`
    await createIn(claims, own)
    const others = (await readdir(claims)).filter(file => file !== own)
    const living = await livingAmong(claims, others)
    const release = () => rm(join(claims, own), { force: true })
    if (living.length === 0) return release
    await release()
    return undefined
  }

  const claimInTime = async (name: string, until: number): Promise<() => Promise<void>> => {
    for (let tries = 1; ; tries++) {
      const release = await claim(name)
      if (release) return release
      if (performance.now() >= until && tries >= TRIES) throw new Error(`${name} is taken`)
      await pause(PAUSE * (0.5 + Math.random()))
    }
  }

  return {
    async hold(name, patience = 0) {
      const until = performance.now() + patience
      for (let busy = here.get(name); busy; busy = here.get(name)) {
        const left = until - performance.now()
        if (left <= 0) throw new Error(`${name} is taken`)
        await within(left, busy)
      }
      let over = () => {}
      here.set(name, new Promise(resolve => (over = resolve)))
      const free = () => {
        here.delete(name)
        over()
      }
      try {
        const release = await claimInTime(name, until)
        return () =>
          void release()
            .catch(() => {})
            .finally(free)
      } catch (error) {
        free()
        throw error
      }
    },
    async held() {
      const held = new Set<string>()
      for (const lock of await list(folder)) {
        const claims = join(folder, lock)
        if ((await livingAmong(claims, await list(claims))).length > 0) held.add(nameOfFile(lock))
        // Empty: nobody wants it any more. Whoever creates a claim meanwhile makes the folder again.
        else await rmdir(claims).catch(() => {})
      }
      return held
    },
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** Resolves with `done`, or after so many ms. */
async function within(ms: number, done: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  await Promise.race([done, new Promise(resolve => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}

/** Claims of processes that still run; those of others are removed. */
async function livingAmong(claims: string, files: readonly string[]): Promise<string[]> {
  const living: string[] = []
  for (const file of files) {
    if (await isAlive(file.slice(0, file.lastIndexOf('.')))) living.push(file)
    else await rm(join(claims, file), { force: true })
  }
  return living
}

/** Creates a file; its folder may be removed by somebody else at any moment. */
async function createIn(folder: string, file: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    await mkdir(folder, { recursive: true })
    try {
      return await writeFile(join(folder, file), '', { flag: 'wx' })
    } catch (error) {
      if (tries > 20 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

/** Names in a folder; none where there is no such folder. */
async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}
