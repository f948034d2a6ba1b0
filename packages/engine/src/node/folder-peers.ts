import { randomUUID } from 'node:crypto'
import { type FSWatcher, mkdirSync, watch } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PeerMessage, Peers } from '../sessions/peers'

/** ms for which a message lies in the folder: long enough that every watcher is told of it. */
const SHOWN = 1000

/**
 * Engines of other processes over the same folder. A message is an empty file, named `<message>.<engine>.<number>`, that appears in a
 * folder which all of them watch, and goes again. Where the file system tells nobody of changes (network drives), nothing is heard: the
 * others then see what changed when they look at the catalogue the next time.
 */
export function folderPeers(folder: string, heard: (message: PeerMessage) => void): Peers {
  const own = randomUUID()
  const known = new Set<string>()
  let count = 0
  let watcher: FSWatcher | undefined
  mkdirSync(folder, { recursive: true })
  try {
    watcher = watch(folder, { persistent: false }, (_, file) => {
      const [message, engine] = (file ?? '').split('.')
      if (engine === own || !file || known.has(file)) return
      if (message !== 'sessions' && message !== 'wiped') return
      // Told when it appears, and again when it goes.
      known.add(file)
      setTimeout(() => known.delete(file), 3 * SHOWN).unref()
      heard(message)
    })
    watcher.on('error', () => watcher?.close())
  } catch {
    // Nothing is heard.
  }
  return {
    tell(message) {
      const path = join(folder, `${message}.${own}.${count++}`)
      void writeFile(path, '').catch(() => {})
      setTimeout(() => void rm(path, { force: true }).catch(() => {}), SHOWN).unref()
    },
    close: () => watcher?.close(),
  }
}
