import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFiles, Sink } from '../transfer/sink'
import { UNFINISHED } from './whole-files'

/** ms for which an unfinished file may belong to an export that still runs. */
const UNDER_WAY = 60 * 60_000

/**
 * Exports as files in a folder, under the name that their user sees. A file has another name until it is whole. Nobody but their user
 * removes them; what was left unfinished by a process that ended is removed by the next one, an hour later.
 */
export function fileExports(folder: string): ExportFiles {
  return {
    open: (type, name) => openFile(folder, type, name),
    async sweep() {
      for (const file of await readdir(folder).catch(() => [])) {
        if (!file.endsWith(UNFINISHED)) continue
        const path = join(folder, file)
        const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
        if (mtimeMs < Date.now() - UNDER_WAY) await rm(path, { force: true })
      }
    },
    forget: async () => {},
  }
}

async function openFile(folder: string, type: string, name: string): Promise<Sink> {
  await mkdir(folder, { recursive: true })
  const part = join(folder, `${randomUUID()}${UNFINISHED}`)
  const handle = await open(part, 'wx')
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten
    },
    async finish() {
      await handle.close()
      const path = await freeName(folder, name)
      await rename(part, path)
      return openAsBlob(path, { type })
    },
    async discard() {
      await handle.close().catch(() => {})
      await rm(part, { force: true })
    },
  }
}

/** `name`, or with a number where there is such a file already: an export replaces nothing. */
async function freeName(folder: string, name: string): Promise<string> {
  const safe = name.replace(/[/\\]/g, '_')
  const dot = safe.indexOf('.', 1)
  const [stem, ending] = dot < 0 ? [safe, ''] : [safe.slice(0, dot), safe.slice(dot)]
  const taken = new Set(await readdir(folder))
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? safe : `${stem} (${number})${ending}`
    if (!taken.has(candidate)) return join(folder, candidate)
  }
}
