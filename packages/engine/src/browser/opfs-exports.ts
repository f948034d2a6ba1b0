/**
 * Writes exports to the origin's private file system, as `exports/<epoch ms>-<random>`. A panel of DevTools may not show the save dialog,
 * but it can download such a file. A file is removed when its download must be over, by whichever engine exports or starts next.
 */
import { BlobSink, type ExportFiles, type Sink } from '../transfer/sink'

const FOLDER = 'exports'
/** ms after which an export is removed. */
const KEPT = 60 * 60_000

/**
 * The export files of a browser. Where the private file system cannot be written to, exports are blobs, which the browser may keep on
 * disk.
 */
export const opfsExports: ExportFiles = {
  open: async type => (await openOpfsSink(type)) ?? new BlobSink(type),
  sweep: () => sweepBefore(Date.now() - KEPT),
  forget: () => sweepBefore(Number.POSITIVE_INFINITY),
}

/** Opens a file to write to. Undefined where this context has no private file system, or may not write to it. */
async function openOpfsSink(type: string): Promise<Sink | undefined> {
  try {
    const folder = await openFolder(true)
    await sweep(folder, Date.now() - KEPT)
    const name = `${Date.now()}-${Math.random().toString(36).slice(2)}`
    const handle = await folder.getFileHandle(name, { create: true })
    const access = await openAccess(handle)
    if (!access) {
      await folder.removeEntry(name)
      return undefined
    }
    return {
      async write(bytes) {
        for (let at = 0; at < bytes.length; ) {
          const written = access.write(bytes.subarray(at))
          if (written <= 0) throw new Error('the disk is full')
          at += written
        }
      },
      async finish() {
        access.flush()
        access.close()
        return (await handle.getFile()).slice(0, undefined, type)
      },
      async discard() {
        access.close()
        await folder.removeEntry(name).catch(() => {})
      },
    }
  } catch {
    return undefined
  }
}

/** Opens synchronous access to a file. Undefined outside of workers, and in browsers that do not have it. */
async function openAccess(handle: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle | undefined> {
  try {
    return await handle.createSyncAccessHandle()
  } catch {
    return undefined
  }
}

/** Removes the exports that were begun before `time` (epoch ms). */
async function sweepBefore(time: number): Promise<void> {
  const folder = await openFolder(false).catch(() => undefined)
  if (folder) await sweep(folder, time).catch(() => {})
}

async function openFolder(create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(FOLDER, { create })
}

async function sweep(folder: FileSystemDirectoryHandle, before: number): Promise<void> {
  for await (const name of folder.keys()) {
    // A file that another engine is writing cannot be removed.
    if (Number.parseInt(name, 10) < before) await folder.removeEntry(name).catch(() => {})
  }
}
