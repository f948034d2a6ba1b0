import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locks } from '../storage/locks'
import type { SessionRecord } from '../storage/records'
import { fileNameOf, nameOfFile } from './file-names'
import { checkMarker, MARKER, newMarker } from './folder-marker'
import type { Manifest } from './manifest'
import { SessionFolder } from './session-folder'
import { codeOf, readWhole, writeWhole } from './whole-files'

/** Folders that are about to be removed begin with this. */
const GONE = '.gone-'

/** The catalogue's entry of one session. */
interface Listed {
  id: string
  data: string
  record: SessionRecord
}

export interface FoldersDelegate {
  /** Is called when everything that was stored turns out to be gone, deleted by somebody else. */
  emptied(): void
  /** Is called once, before the first answer: what processes that were killed left can be removed. */
  opened(): Promise<void>
}

/**
 * All sessions of one folder, each in a folder of its own that is named by its data key. Removing one, or all, is renaming a folder: that
 * happens at once or not at all, and the files go after it.
 */
export class SessionFolders {
  private readonly root: string
  private readonly marker: string
  private readonly known = new Map<string, SessionFolder>()
  private checked = false
  private preparing: Promise<void> | undefined

  constructor(
    private readonly folder: string,
    private readonly locks: Locks,
    private readonly delegate: FoldersDelegate,
  ) {
    this.root = join(folder, 'data')
    this.marker = join(folder, MARKER)
  }

  /** The folder of this data key, whether there is anything in it or not. */
  async at(data: string): Promise<SessionFolder> {
    await this.ready()
    const known = this.known.get(data) ?? new SessionFolder(join(this.root, fileNameOf(data)), data, this.locks)
    this.known.set(data, known)
    return known
  }

  /** Reads all manifests that count: not those that another one took the place of. */
  async manifests(): Promise<Manifest[]> {
    const all = await this.everyManifest()
    const replaced = new Set(all.flatMap(({ replaces }) => replaces ?? []))
    // Whoever put one in the place of another was killed before the other was removed.
    for (const { data, replaces } of all) if (replaces !== undefined) await this.settle(data).catch(() => {})
    return all.filter(({ data }) => !replaced.has(data))
  }

  /** Removes what killed transactions left in any session. */
  async sweep(): Promise<void> {
    for (const data of await this.keys()) await (await this.at(data)).sweep()
  }

  /** Removes the session that this one took the place of. From then on its data key may be used again. */
  async settle(data: string): Promise<void> {
    const folder = await this.at(data)
    const replaces = (await folder.manifest())?.replaces
    if (replaces === undefined) return
    await this.remove(replaces)
    await folder.change(async ({ manifest }) => {
      delete manifest.replaces
      return true
    })
  }

  /** The catalogue. */
  async listed(): Promise<Listed[]> {
    return (await this.manifests()).flatMap(({ data, record, importing }) => {
      if (!record || importing !== undefined) return []
      const id: unknown = record.info?.id
      return [{ id: typeof id === 'string' ? id : data, data, record }]
    })
  }

  async find(id: string): Promise<Listed | undefined> {
    return (await this.listed()).find(one => one.id === id)
  }

  /** Removes a session. */
  async remove(data: string): Promise<void> {
    await this.ready()
    this.known.delete(data)
    await this.discard(join(this.root, fileNameOf(data)))
  }

  /** Removes every session, those that are being imported included. */
  async removeAll(): Promise<void> {
    await this.ready()
    this.known.clear()
    await this.discard(this.root)
  }

  /** Removes a folder: under its name at once, its files after that. */
  private async discard(path: string): Promise<void> {
    const gone = join(this.folder, `${GONE}${Date.now()}-${Math.random().toString(36).slice(2)}`)
    try {
      await rename(path, gone)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return
      throw error
    }
    // What cannot be removed now is removed when the folder is opened the next time.
    await rm(gone, { recursive: true, force: true }).catch(() => {})
  }

  /**
   * Reads one manifest after the other. Where a session was removed meanwhile, all are read again: it may have been replaced by an
   * import that was not finished when it was read.
   */
  private async everyManifest(): Promise<Manifest[]> {
    for (;;) {
      const all: Manifest[] = []
      let isWhole = true
      for (const data of await this.keys()) {
        const folder = await this.at(data)
        const manifest = await folder.manifest()
        if (manifest) all.push(manifest)
        else isWhole &&= folder.exists
      }
      if (isWhole) return all
    }
  }

  private async keys(): Promise<string[]> {
    await this.ready()
    try {
      return (await readdir(this.root)).map(nameOfFile)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return []
      throw error
    }
  }

  /** Makes the folder what it should be. Rejects where it is of a newer Playhead, or where everything in it was deleted meanwhile. */
  private async ready(): Promise<void> {
    if (this.checked && existsSync(this.marker)) return
    this.preparing ??= this.prepare().finally(() => {
      this.preparing = undefined
    })
    await this.preparing
  }

  private async prepare(): Promise<void> {
    const wasThere = this.checked
    const bytes = await readWhole(this.marker)
    if (bytes) checkMarker(bytes, this.marker)
    await mkdir(this.root, { recursive: true })
    if (!bytes) await writeWhole(this.marker, newMarker())
    for (const name of await readdir(this.folder))
      if (name.startsWith(GONE)) await rm(join(this.folder, name), { recursive: true, force: true }).catch(() => {})
    this.checked = true
    if (!wasThere) await this.delegate.opened()
    if (!wasThere || bytes) return
    this.delegate.emptied()
    throw new Error('the stored sessions were deleted while Playhead was open')
  }
}
