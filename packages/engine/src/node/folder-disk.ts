import { deserialize, serialize } from 'node:v8'
import { artifactsOf } from '@playhead/shared/model/artifact'
import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import {
  type BodyChange,
  type Disk,
  MOST_ARTIFACT_BYTES,
  MOST_ARTIFACTS,
  type SessionWrite,
  type StoredSession,
} from '../storage/disk'
import type { Locks } from '../storage/locks'
import { notePacked } from '../storage/packed-bodies'
import type { SessionRecord, TailRecord } from '../storage/records'
import { soundRecord } from '../storage/sound-record'
import { FolderArtifacts } from './folder-artifacts'
import { SessionFolders } from './session-folders'

/** Key of the open chunk: there is one. */
const TAIL = 0
const NOTHING = new ArrayBuffer(0)

/**
 * Sessions in a folder of files:
 *
 *     <folder>/playhead.json             what this folder is, and in which version
 *     <folder>/data/<data key>/          one session: its manifest, and a file for each head, body, keyframe and the open chunk
 *     <folder>/artifacts/<hash>          bytes of artifacts
 *     <folder>/.gone-…                   what was removed at once under its name, while its files go
 *
 * Each call is a transaction as in `SessionFolder`. Nothing is held in memory between two calls. Where a call concerns several sessions,
 * one step of it is the moment at which it happened, and whoever opens the folder next does the rest: `commitImport` names in the new
 * manifest the session that it replaces, `wipe` renames the folder of all sessions. Only `sweepBlobs` may have swept some and not others.
 */
export class FolderDisk implements Disk {
  onEmptied?: () => void
  private readonly folders: SessionFolders
  private readonly artifacts: FolderArtifacts
  private lastTurn: Promise<unknown> = Promise.resolve()

  constructor(folder: string, locks: Locks) {
    this.folders = new SessionFolders(folder, locks, {
      emptied: () => this.onEmptied?.(),
      opened: () => this.tidyUp(),
    })
    this.artifacts = new FolderArtifacts(`${folder}/artifacts`, locks)
  }

  async write(change: SessionWrite): Promise<void> {
    // What the log changes while this transaction waits for its turn belongs to the next one.
    const { record, gaps } = structuredClone({ record: change.record, gaps: change.gaps })
    return this.inTurn(async () => {
      const folder = await this.folders.at(change.data)
      await folder.change(async ({ manifest, put, drop }) => {
        for (const { firstSeq, head, body } of change.chunks) {
          await put('head', firstSeq, head)
          await put('body', firstSeq, body)
        }
        for (const { firstSeq, head } of change.heads) await put('head', firstSeq, head)
        if (change.tail) await put('tail', TAIL, serialize(change.tail))
        else if (change.tail === null) drop('tail', TAIL)
        for (const { code, record: gapRecord } of gaps) manifest.gaps.set(code, gapRecord)
        for (const { number, keyframe } of change.keyframes) await put('keyframe', number, serialize(keyframe))
        for (const number of change.removedKeyframes) drop('keyframe', number)
        for (const kind of ['head', 'body'] as const)
          for (const firstSeq of [...manifest.files[kind].keys()])
            if (firstSeq < (change.evictedBelow ?? 0)) drop(kind, firstSeq)
        if (record) manifest.record = record
        return true
      })
    })
  }

  async read(data: string): Promise<StoredSession> {
    const stored = await (await this.folders.at(data)).reading(async ({ manifest, item }) => {
      const heads: StoredSession['heads'] = []
      for (const firstSeq of sorted(manifest.files.head)) {
        // A file that is gone is a damaged head: its rows are a gap.
        heads.push({ firstSeq, head: (await item('head', firstSeq)) ?? NOTHING })
      }
      const keyframes: StoredSession['keyframes'] = []
      for (const number of sorted(manifest.files.keyframe)) {
        keyframes.push({ number, keyframe: valueIn(await item('keyframe', number)) as Keyframe })
      }
      const tail = valueIn(await item('tail', TAIL)) as TailRecord | undefined
      return { heads, tail, gaps: sorted(manifest.gaps).map(code => manifest.gaps.get(code)!), keyframes }
    })
    return stored ?? { heads: [], tail: undefined, gaps: [], keyframes: [] }
  }

  async body(data: string, firstSeq: number): Promise<ArrayBuffer | undefined> {
    return (await this.folders.at(data)).item('body', firstSeq)
  }

  packBody(change: BodyChange): Promise<boolean> {
    return this.inTurn(async () => {
      let isThere = false
      const folder = await this.folders.at(change.data)
      await folder.change(async ({ manifest, has, put }) => {
        isThere = has('body', change.firstSeq)
        if (!isThere) return false
        await put('body', change.firstSeq, change.body)
        if (manifest.record?.info?.id === change.id) notePacked(manifest.record, change)
        return true
      })
      return isThere
    })
  }

  async sessions(): Promise<SessionRecord[]> {
    return (await this.folders.listed()).map(({ id, record }) => soundRecord(id, record))
  }

  async session(id: string): Promise<SessionRecord | undefined> {
    const found = await this.folders.find(id)
    return found && soundRecord(id, found.record)
  }

  update(id: string, change: (info: SessionInfo) => void): Promise<void> {
    return this.inTurn(async () => {
      const found = await this.folders.find(id)
      if (!found) return
      await (await this.folders.at(found.data)).change(async ({ manifest }) => {
        if (!manifest.record) return false
        const { repaired: _, ...sound } = soundRecord(id, manifest.record)
        change(sound.info)
        manifest.record = sound
        return true
      })
    })
  }

  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      const found = await this.folders.find(id)
      if (!found) return
      await this.folders.remove(found.data)
      await this.dropUnused()
    })
  }

  wipe(): Promise<void> {
    return this.inTurn(async () => {
      await this.folders.removeAll()
      await this.dropUnused()
    })
  }

  beginImport(data: string): Promise<void> {
    return this.inTurn(async () => {
      await (await this.folders.at(data)).change(async ({ manifest }) => {
        manifest.importing = Date.now()
        return true
      })
    })
  }

  commitImport(record: SessionRecord): Promise<void> {
    return this.inTurn(async () => {
      const old = await this.folders.find(record.info.id)
      const replaces = old && old.data !== record.data ? old.data : undefined
      const folder = await this.folders.at(record.data)
      await this.artifacts.locked(async () => {
        const here = new Map<string, number>()
        for (const { ref } of artifactsOf(record.info)) {
          const bytes = await this.artifacts.bytesOf(ref)
          if (bytes !== undefined) here.set(ref, bytes)
        }
        await folder.change(async ({ manifest }) => {
          for (const [ref, bytes] of here) manifest.artifacts.set(ref, bytes)
          manifest.record = record
          delete manifest.importing
          if (replaces !== undefined) manifest.replaces = replaces
          return true
        })
      })
      if (replaces === undefined) return
      await this.folders.settle(record.data).catch(() => {})
      await this.dropUnused()
    })
  }

  abortImport(data: string): Promise<void> {
    return this.inTurn(() => this.folders.remove(data))
  }

  async unfinishedImports(): Promise<string[]> {
    return (await this.folders.manifests()).filter(({ importing }) => importing !== undefined).map(({ data }) => data)
  }

  putBlob(data: string, ref: string, bytes: ArrayBuffer): Promise<boolean> {
    return this.inTurn(async () => {
      let fits = true
      // Before the lock: the first look at the folder takes it, too.
      const folder = await this.folders.at(data)
      try {
        await this.artifacts.locked(() =>
          folder.change(async ({ manifest: { artifacts } }) => {
            if (!artifacts.has(ref)) {
              const sum = [...artifacts.values()].reduce((all, size) => all + size, 0)
              fits = artifacts.size < MOST_ARTIFACTS && sum + bytes.byteLength <= MOST_ARTIFACT_BYTES
              if (!fits) return false
              artifacts.set(ref, bytes.byteLength)
            }
            await this.artifacts.put(ref, bytes)
            return true
          }),
        )
      } catch (error) {
        // The bytes may be there, and nobody refers to them.
        await this.dropUnused()
        throw error
      }
      return fits
    })
  }

  blob(ref: string): Promise<ArrayBuffer | undefined> {
    return this.artifacts.read(ref)
  }

  blobRefs(): Promise<string[]> {
    return this.artifacts.refs()
  }

  async strayBlobs(): Promise<string[]> {
    const manifests = await this.folders.manifests()
    return manifests.filter(({ artifacts, record }) => artifacts.size > 0 && !record).map(({ data }) => data)
  }

  sweepBlobs(strays: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      for (const data of strays) {
        await (await this.folders.at(data)).change(async ({ manifest }) => {
          if (manifest.record || manifest.artifacts.size === 0) return false
          manifest.artifacts.clear()
          return true
        })
      }
      await this.dropUnused()
    })
  }

  close(): void {}

  /** Runs changes one after the other, in the order in which they were asked for. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastTurn.then(work)
    this.lastTurn = turn.catch(() => {})
    return turn
  }

  /** Removes what killed processes left. Whoever cannot do that can work all the same. */
  private async tidyUp(): Promise<void> {
    await this.folders.sweep().catch(() => {})
    await this.dropUnused()
  }

  /**
   * Removes artifacts that no session refers to. What it follows has happened already, so it does not fail: what stays goes when the
   * folder is opened the next time.
   */
  private async dropUnused(): Promise<void> {
    if (!this.artifacts.exist) return
    await this.artifacts
      .locked(async () => {
        const manifests = await this.folders.manifests()
        await this.artifacts.keepOnly(new Set(manifests.flatMap(({ artifacts }) => [...artifacts.keys()])))
      })
      .catch(() => {})
  }
}

/** Undefined where there are no bytes, or none that can be read: what is made of it is for who asked to judge. */
function valueIn(bytes: ArrayBuffer | undefined): unknown {
  try {
    return bytes && deserialize(new Uint8Array(bytes))
  } catch {
    return undefined
  }
}

const sorted = (map: ReadonlyMap<number, unknown>) => [...map.keys()].sort((a, b) => a - b)
