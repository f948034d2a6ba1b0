import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locks } from '../storage/locks'
import type { SessionRecord } from '../storage/records'
import { fileNameOf, nameOfFile } from './file-names'
import type { Manifest } from './manifest'
import { SessionFolder } from './session-folder'
import { readWhole, writeWhole } from './whole-files'

const FORMAT = 'playhead/folder'
const VERSION = 1
/** Folders that are about to be removed begin with this. */
const GONE = '.gone-'

/** The catalogue's entry of one session. */
interface Listed {
  id: string
  data: string
  record: SessionRecord
}

/** All sessions of one folder, each in a folder of its own that is named by its data key. */
export class SessionFolders {
  private readonly root: string
  private readonly known = new Map<string, SessionFolder>()
  private checked = false

  /** `emptied` is called when everything that was stored turns out to be gone, deleted by somebody else. */
  constructor(
    private readonly folder: string,
    private readonly locks: Locks,
    private readonly emptied: () => void,
  ) {
    this.root = join(folder, 'data')
  }

  /** The folder of this data key, whether there is anything in it or not. */
  async at(data: string): Promise<SessionFolder> {
    await this.ready()
    const known = this.known.get(data) ?? new SessionFolder(join(this.root, fileNameOf(data)), data, this.locks)
    this.known.set(data, known)
    return known
  }

  async keys(): Promise<string[]> {
    await this.ready()
    return (await readdir(this.root)).filter(name => !name.startsWith(GONE)).map(nameOfFile)
  }

  /** Those that count: not what another one took the place of. */
  async manifests(): Promise<Manifest[]> {
    const all: Manifest[] = []
    for (const data of await this.keys()) {
      const manifest = await (await this.at(data)).manifest()
      if (manifest) all.push(manifest)
    }
    const replaced = new Set(all.flatMap(({ replaces }) => replaces ?? []))
    return all.filter(({ data }) => !replaced.has(data))
  }

  /** The catalogue. */
  async listed(): Promise<Listed[]> {
    return (await this.manifests()).flatMap(({ data, record, importing }) => {
      if (!record || importing !== undefined) return []
      const id: unknown = record.info?.id
      return [{ id: typeof id === 'string' ? id : data, data, record }]
    })
  }

  /** Removes a session: at once under its name, its files after that. */
  async remove(data: string): Promise<void> {
    await this.ready()
    this.known.delete(data)
    const gone = join(this.root, `${GONE}${Date.now()}-${Math.random().toString(36).slice(2)}`)
    try {
      await rename(join(this.root, fileNameOf(data)), gone)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
      throw error
    }
    await rm(gone, { recursive: true, force: true })
  }

  /** Makes the folder what it should be. Rejects where it is of a newer Playhead, or where everything in it was deleted meanwhile. */
  private async ready(): Promise<void> {
    const marker = join(this.folder, 'playhead.json')
    if (this.checked && existsSync(marker)) return
    const wasThere = this.checked
    const bytes = await readWhole(marker)
    if (bytes) check(bytes, marker)
    await mkdir(this.root, { recursive: true })
    for (const name of await readdir(this.root))
      if (name.startsWith(GONE)) await rm(join(this.root, name), { recursive: true, force: true })
    if (!bytes) await writeWhole(marker, Buffer.from(`${JSON.stringify({ format: FORMAT, version: VERSION })}\n`))
    this.checked = true
    if (!wasThere || bytes) return
    this.emptied()
    throw new Error('the stored sessions were deleted while Playhead was open')
  }
}

function check(bytes: ArrayBuffer, marker: string): void {
  let found: { format?: unknown; version?: unknown } | null = null
  try {
    found = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // It is none of ours.
  }
  if (found?.format !== FORMAT)
    throw new Error(`${marker} does not say that this folder is Playhead's: it was left as it is`)
  if (found.version !== VERSION)
    throw new Error(
      'the stored sessions were made by a newer Playhead: update this one to see them. They were left as they are',
    )
}
