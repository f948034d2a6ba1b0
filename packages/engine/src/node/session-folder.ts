import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locks } from '../storage/locks'
import { emptyManifest, type ItemKind, itemFile, type Manifest, readManifest, writeManifest } from './manifest'
import { readWhole, writeWhole } from './whole-files'

const MANIFEST = 'manifest'
/** ms for which one transaction waits for another one of the same session. */
const PATIENCE = 30_000

/** What one transaction may do. Nothing of it counts before it is over. */
export interface FolderChange {
  readonly manifest: Manifest
  put(kind: ItemKind, key: number, bytes: ArrayBuffer | Uint8Array): Promise<void>
  drop(kind: ItemKind, key: number): void
  has(kind: ItemKind, key: number): boolean
}

/**
 * The files of one session, changed in transactions:
 *
 *     lock ─→ read manifest ─→ write new files beside the old ─→ replace the manifest ─→ remove files it no longer names ─→ unlock
 *                                                                └ here it happened
 *
 * A process that is killed before that moment leaves files that no manifest names, which the next reader removes; one that is killed
 * after it leaves old files, which go the same way. Files are not forced to the disk: what is lost when the machine loses its power is
 * what a browser's storage loses then, too, and is found by the checksums.
 */
export class SessionFolder {
  constructor(
    private readonly path: string,
    readonly data: string,
    private readonly locks: Locks,
  ) {}

  /** Undefined where there is nothing under this key. */
  async manifest(): Promise<Manifest | undefined> {
    const bytes = await readWhole(join(this.path, MANIFEST))
    if (!bytes) return undefined
    const names = await readdir(this.path).catch(() => [])
    return readManifest(this.data, bytes, () => names)
  }

  /** Bytes of an item; undefined where there is none, or where its file is gone. */
  async item(kind: ItemKind, key: number, manifest: Manifest): Promise<ArrayBuffer | undefined> {
    const generation = manifest.files[kind].get(key)
    return generation === undefined ? undefined : readWhole(join(this.path, itemFile(kind, key, generation)))
  }

  /** One transaction; `work` returns false where nothing is to be changed. Rejects when the disk refuses, and then nothing was changed. */
  async change(work: (change: FolderChange) => Promise<boolean | undefined>): Promise<void> {
    await this.locked(async () => {
      const manifest = (await this.manifest()) ?? emptyManifest(this.data)
      const written: string[] = []
      const old: string[] = []
      await mkdir(this.path, { recursive: true })
      const drop = (kind: ItemKind, key: number) => {
        const generation = manifest.files[kind].get(key)
        if (generation === undefined) return
        old.push(itemFile(kind, key, generation))
        manifest.files[kind].delete(key)
      }
      try {
        const wanted = await work({
          manifest,
          drop,
          has: (kind, key) => manifest.files[kind].has(key),
          put: async (kind, key, bytes) => {
            drop(kind, key)
            const generation = manifest.generation++
            const name = itemFile(kind, key, generation)
            written.push(name)
            await writeFile(join(this.path, name), new Uint8Array(bytes))
            manifest.files[kind].set(key, generation)
          },
        })
        if (wanted === false) return
        await writeWhole(join(this.path, MANIFEST), writeManifest(manifest))
      } catch (error) {
        await this.removeFiles(written)
        throw error
      }
      await this.removeFiles(old)
    })
  }

  /** Removes files that the manifest does not name: transactions that were killed left them. */
  async sweep(): Promise<void> {
    await this.locked(async () => {
      const manifest = await this.manifest()
      if (!manifest) return
      const named = new Set([MANIFEST])
      for (const [kind, keys] of Object.entries(manifest.files))
        for (const [key, generation] of keys) named.add(itemFile(kind as ItemKind, key, generation))
      await this.removeFiles((await readdir(this.path)).filter(name => !named.has(name)))
    })
  }

  private async locked(work: () => Promise<void>): Promise<void> {
    const release = await this.locks.hold(`manifest:${this.data}`, PATIENCE)
    try {
      await work()
    } finally {
      release()
    }
  }

  private async removeFiles(names: readonly string[]): Promise<void> {
    await Promise.all(names.map(name => rm(join(this.path, name), { force: true })))
  }
}
