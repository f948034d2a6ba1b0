import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFiles, Sink } from '../transfer/sink'
import { codeOf, UNFINISHED } from './whole-files'

/** ms for which an unfinished file may belong to an export that still runs. */
const UNDER_WAY = 60 * 60_000
/** Bytes of a file's name before its number and ending: file systems take 255 in all. */
const MOST_NAME_BYTES = 200

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
        if (mtimeMs < Date.now() - UNDER_WAY) await rm(path, { force: true }).catch(() => {})
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
      const path = await reserve(folder, name)
      try {
        await rename(part, path)
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
      return openAsBlob(path, { type })
    },
    async discard() {
      await handle.close().catch(() => {})
      await rm(part, { force: true })
    },
  }
}

/**
 * Creates an empty file under `name`, or with a number where there is such a file already, and returns its path: an export replaces
 * nothing, also when another one ends at the same moment.
 */
async function reserve(folder: string, name: string): Promise<string> {
  const [, whole = '', ending = ''] = /^(.*?)((?:\.[a-z]+)?(?:\.gz)?)$/s.exec(name.replace(/[/\\\0]/g, '_')) ?? []
  const stem = cut(whole || 'export')
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? `${stem}${ending}` : `${stem} (${number})${ending}`)
    try {
      await writeFile(path, '', { flag: 'wx' })
      return path
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}

/** Cuts a name to what a file system takes, in whole characters. */
function cut(name: string): string {
  let bytes = 0
  let short = ''
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > MOST_NAME_BYTES) break
    short += character
  }
  return short
}
