import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locks } from '../storage/locks'
import { emptyManifest, type ItemKind, itemFile, type Manifest, readManifest, writeManifest } from './manifest'
import { readWhole, writeNew, writeWhole } from './whole-files'

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

/** What is in the folder while nobody changes it. */
export interface FolderReading {
  readonly manifest: Manifest
  /** Reads an item; undefined where its file is gone. */
  item(kind: ItemKind, key: number): Promise<ArrayBuffer | undefined>
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
 *
 * The folder is made before the manifest is read, and never again in the same transaction. So a session that is removed meanwhile, which
 * needs no lock, makes the transaction fail: it cannot bring back a manifest that names files which are gone.
 */
export class SessionFolder {
  constructor(
    private readonly path: string,
    readonly data: string,
    private readonly locks: Locks,
  ) {}

  get exists(): boolean {
    return existsSync(this.path)
  }

  /** Reads the manifest as it is at this moment; undefined where there is nothing under this key. */
  async manifest(): Promise<Manifest | undefined> {
    const bytes = await readWhole(join(this.path, MANIFEST))
    if (!bytes) return undefined
    const names = await readdir(this.path).catch(() => [])
    return readManifest(this.data, bytes, () => names)
  }

  /**
   * Reads an item without a lock; undefined where there is none, or where its file is gone. Between the manifest and the file a
   * transaction may replace both, so a file that is gone is looked for again.
   */
  async item(kind: ItemKind, key: number): Promise<ArrayBuffer | undefined> {
    for (let tries = 0; tries < 3; tries++) {
      const manifest = await this.manifest()
      if (!manifest?.files[kind].has(key)) return undefined
      const bytes = await this.fileOf(kind, key, manifest)
      if (bytes) return bytes
    }
    return undefined
  }

  /**
   * Runs `work` while nobody changes the session, after removing what killed transactions left. Resolves with undefined where there is
   * nothing under this key.
   */
  async reading<T>(work: (reading: FolderReading) => Promise<T>): Promise<T | undefined> {
    if (!this.exists) return undefined
    return this.locked(async () => {
      const manifest = await this.manifest()
      if (!manifest) return undefined
      await this.removeFiles(await this.strays(manifest))
      return work({ manifest, item: (kind, key) => this.fileOf(kind, key, manifest) })
    })
  }

  /** Removes what killed transactions left; the whole folder where the first one was killed. */
  async sweep(): Promise<void> {
    // Mostly there is nothing, and no lock is needed to see that.
    const manifest = await this.manifest()
    if (manifest && (await this.strays(manifest)).length === 0) return
    await this.locked(async () => {
      const manifest = await this.manifest()
      await this.removeFiles(await this.strays(manifest))
      if (!manifest) await rmdir(this.path).catch(() => {})
    })
  }

  /**
   * Runs one transaction. `work` returns false where nothing is to be changed. Rejects when the disk refuses, or when the session is
   * removed meanwhile, and then nothing was changed.
   */
  async change(work: (change: FolderChange) => Promise<boolean | undefined>): Promise<void> {
    await this.locked(async () => {
      await mkdir(this.path, { recursive: true })
      const stored = await this.manifest()
      const manifest = stored ?? emptyManifest(this.data)
      const written: string[] = []
      const old: string[] = []
      const drop = (kind: ItemKind, key: number) => {
        const generation = manifest.files[kind].get(key)
        if (generation === undefined) return
        old.push(itemFile(kind, key, generation))
        manifest.files[kind].delete(key)
      }
      let happened = false
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
            await writeNew(join(this.path, name), new Uint8Array(bytes))
            manifest.files[kind].set(key, generation)
          },
        })
        if (wanted === false) return
        await writeWhole(join(this.path, MANIFEST), writeManifest(manifest))
        happened = true
      } finally {
        await this.removeFiles(happened ? old : written)
        // Only a folder with nothing in it goes.
        if (!happened && !stored) await rmdir(this.path).catch(() => {})
      }
    })
  }

  private fileOf(kind: ItemKind, key: number, manifest: Manifest): Promise<ArrayBuffer | undefined> {
    const generation = manifest.files[kind].get(key)
    return generation === undefined
      ? Promise.resolve(undefined)
      : readWhole(join(this.path, itemFile(kind, key, generation)))
  }

  /** Returns the names of files that the manifest does not name: of all files where there is no manifest. */
  private async strays(manifest: Manifest | undefined): Promise<string[]> {
    const named = new Set<string>()
    if (manifest) named.add(MANIFEST)
    for (const [kind, keys] of Object.entries(manifest?.files ?? {}))
      for (const [key, generation] of keys) named.add(itemFile(kind as ItemKind, key, generation))
    return (await readdir(this.path).catch(() => [])).filter(name => !named.has(name))
  }

  private async locked<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.locks.hold(`manifest:${this.data}`, PATIENCE)
    try {
      return await work()
    } finally {
      release()
    }
  }

  /** Removes files that count for nothing. One that stays all the same goes with the next reading. */
  private async removeFiles(names: readonly string[]): Promise<void> {
    await Promise.all(names.map(name => rm(join(this.path, name), { force: true }).catch(() => {})))
  }
}
