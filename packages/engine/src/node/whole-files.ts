import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'

/** Ending of files that are being written; one that is left over was never finished. */
export const UNFINISHED = '.part'

/** Writes a new file. Rejects with a `QuotaExceededError`, as a browser's storage does, where the disk is full. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes)
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
    throw new DOMException(`there is no room for ${path}`, 'QuotaExceededError')
  }
}

/** Writes a file so that under its name there is always the whole old one or the whole new one. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${randomUUID()}${UNFINISHED}`
  try {
    await writeNew(part, bytes)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true }).catch(() => {})
    throw error
  }
}

/** Reads a file into a buffer of its own; undefined where there is none. */
export async function readWhole(path: string): Promise<ArrayBuffer | undefined> {
  try {
    const bytes = await readFile(path)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The system's name of an error, such as `ENOENT`; undefined for an error that is not the system's. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code
}
