import { randomUUID } from 'node:crypto'
import { existsSync, type FSWatcher, mkdirSync, watch } from 'node:fs'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PeerMessage, Peers } from '../sessions/peers'

/** ms for which a message lies in the folder: long enough that every watcher that is not asleep is told of it. */
const SHOWN = 2000
/** ms after which a message was left by a process that ended before it could remove it. */
const LEFT = 60_000

/**
 * Engines of other processes over the same folder. A message is an empty file, named `<message>.<engine>.<number>`, that appears in a
 * folder which all of them watch, and goes again:
 *
 *     tell('sessions') ─▶ create sessions.6d0c….0 ─▶ the others' watchers: it is there, and new → heard
 *                         remove it, 2 s later    ─▶ the others' watchers: it is gone          → nothing
 *
 * A watcher is told of both with the same words, so it looks whether the file is there: who joins late, or slept, must not take the end of
 * an old `wiped` for a new one. Where the file system tells nobody of changes (network drives), and for somebody who was asleep for 2 s,
 * nothing is heard: they see what changed when they look at the catalogue the next time.
 */
export function folderPeers(folder: string, heard: (message: PeerMessage) => void): Peers {
  const own = randomUUID()
  const known = new Set<string>()
  let count = 0
  let watcher: FSWatcher | undefined
  try {
    mkdirSync(folder, { recursive: true })
    watcher = watch(folder, { persistent: false }, (_, file) => {
      const [message, engine] = (file ?? '').split('.')
      if (engine === own || !file || (message !== 'sessions' && message !== 'wiped')) return
      if (!existsSync(join(folder, file))) known.delete(file)
      else if (!known.has(file)) {
        known.add(file)
        heard(message)
      }
    })
    watcher.on('error', () => watcher?.close())
  } catch {
    // Nothing is heard.
  }
  void removeLeft(folder)
  return {
    tell(message) {
      const path = join(folder, `${message}.${own}.${count++}`)
      void writeFile(path, '').catch(() => {})
      setTimeout(() => void rm(path, { force: true }).catch(() => {}), SHOWN).unref()
    },
    close: () => watcher?.close(),
  }
}

async function removeLeft(folder: string): Promise<void> {
  for (const file of await readdir(folder).catch(() => [])) {
    const path = join(folder, file)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < Date.now() - LEFT) await rm(path, { force: true }).catch(() => {})
  }
}
