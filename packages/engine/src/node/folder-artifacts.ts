import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locks } from '../storage/locks'
import { codeOf, readWhole, UNFINISHED, writeWhole } from './whole-files'

const REF = /^[0-9a-f]{64}$/
/** ms for which one change of the artifacts waits for another. */
const PATIENCE = 30_000

/**
 * Bytes of artifacts, one file each however many sessions refer to it, named by their hash. Which session refers to which stands in the
 * sessions' manifests; bytes that no manifest names are removed. A lock keeps the bytes that one process just wrote, and is about to
 * name, from being removed by another.
 */
export class FolderArtifacts {
  constructor(
    private readonly folder: string,
    private readonly locks: Locks,
  ) {}

  /** False: none was ever stored. */
  get exist(): boolean {
    return existsSync(this.folder)
  }

  /** Runs `work` while nobody else adds or removes artifacts. */
  async locked<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.locks.hold('artifacts', PATIENCE)
    try {
      return await work()
    } finally {
      release()
    }
  }

  async put(ref: string, bytes: ArrayBuffer): Promise<void> {
    if ((await this.bytesOf(ref)) !== undefined) return
    await mkdir(this.folder, { recursive: true })
    await writeWhole(join(this.folder, ref), new Uint8Array(bytes))
  }

  /** Returns how many bytes an artifact has; undefined where they are not there. */
  async bytesOf(ref: string): Promise<number | undefined> {
    if (!REF.test(ref)) return undefined
    try {
      return (await stat(join(this.folder, ref))).size
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  }

  async read(ref: string): Promise<ArrayBuffer | undefined> {
    return REF.test(ref) ? readWhole(join(this.folder, ref)) : undefined
  }

  async refs(): Promise<string[]> {
    return (await this.files()).filter(file => REF.test(file))
  }

  /** Removes the bytes that are not among these, and what was left unfinished. Call it while `locked`. */
  async keepOnly(used: ReadonlySet<string>): Promise<void> {
    const gone = (await this.files()).filter(file => (REF.test(file) ? !used.has(file) : file.endsWith(UNFINISHED)))
    await Promise.all(gone.map(file => rm(join(this.folder, file), { force: true }).catch(() => {})))
  }

  private files(): Promise<string[]> {
    return readdir(this.folder).catch(() => [])
  }
}
