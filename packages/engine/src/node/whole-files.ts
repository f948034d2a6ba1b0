import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'

/** Ending of files that are being written; one that is left over was never finished. */
export const UNFINISHED = '.part'

/** Writes a file so that under its name there is always the whole old one or the whole new one. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${randomUUID()}${UNFINISHED}`
  try {
    await writeFile(part, bytes)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Bytes of a file in a buffer of their own; undefined where there is none. */
export async function readWhole(path: string): Promise<ArrayBuffer | undefined> {
  try {
    const bytes = await readFile(path)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
