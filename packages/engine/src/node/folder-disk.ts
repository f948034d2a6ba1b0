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
 *     <folder>/locks/                    claims of the processes that use it
 *
 * Each call is a transaction as in `SessionFolder`. Nothing is held in memory between two calls.
 */
export class FolderDisk implements Disk {
  onEmptied?: () => void
  private readonly folders: SessionFolders
  private readonly artifacts: FolderArtifacts

  constructor(folder: string, locks: Locks) {
    this.folders = new SessionFolders(folder, locks, () => this.onEmptied?.())
    this.artifacts = new FolderArtifacts(`${folder}/artifacts`, locks)
  }

  async write(change: SessionWrite): Promise<void> {
    const folder = await this.folders.at(change.data)
    await folder.change(async ({ manifest, put, drop }) => {
      for (const { firstSeq, head, body } of change.chunks) {
        await put('head', firstSeq, head)
        await put('body', firstSeq, body)
      }
      for (const { firstSeq, head } of change.heads) await put('head', firstSeq, head)
      if (change.tail) await put('tail', TAIL, serialize(change.tail))
      else if (change.tail === null) drop('tail', TAIL)
      for (const { code, record } of change.gaps) manifest.gaps.set(code, record)
      for (const { number, keyframe } of change.keyframes) await put('keyframe', number, serialize(keyframe))
      for (const number of change.removedKeyframes) drop('keyframe', number)
      for (const kind of ['head', 'body'] as const)
        for (const firstSeq of [...manifest.files[kind].keys()])
          if (firstSeq < (change.evictedBelow ?? 0)) drop(kind, firstSeq)
      if (change.record) manifest.record = change.record
      return true
    })
  }

  async read(data: string): Promise<StoredSession> {
    const folder = await this.folders.at(data)
    await folder.sweep()
    const manifest = await folder.manifest()
    if (!manifest) return { heads: [], tail: undefined, gaps: [], keyframes: [] }
    const heads: StoredSession['heads'] = []
    for (const firstSeq of sorted(manifest.files.head)) {
      // A file that is gone is a damaged head: its rows are a gap.
      heads.push({ firstSeq, head: (await folder.item('head', firstSeq, manifest)) ?? NOTHING })
    }
    const keyframes: StoredSession['keyframes'] = []
    for (const number of sorted(manifest.files.keyframe)) {
      const keyframe = valueIn(await folder.item('keyframe', number, manifest)) as Keyframe
      keyframes.push({ number, keyframe })
    }
    const tail = valueIn(await folder.item('tail', TAIL, manifest)) as TailRecord | undefined
    return { heads, tail, gaps: sorted(manifest.gaps).map(code => manifest.gaps.get(code)!), keyframes }
  }

  async body(data: string, firstSeq: number): Promise<ArrayBuffer | undefined> {
    const folder = await this.folders.at(data)
    // Between reading the manifest and the file, a transaction may have put another file in its place.
    for (let tries = 0; tries < 3; tries++) {
      const manifest = await folder.manifest()
      if (!manifest?.files.body.has(firstSeq)) return undefined
      const body = await folder.item('body', firstSeq, manifest)
      if (body) return body
    }
    return undefined
  }

  async packBody(change: BodyChange): Promise<boolean> {
    let isThere = false
    const folder = await this.folders.at(change.data)
    await folder.change(async ({ manifest, has, put }) => {
      isThere = has('body', change.firstSeq)
      if (!isThere) return false
      await put('body', change.firstSeq, change.body)
      if (manifest.record?.info.id === change.id) notePacked(manifest.record, change)
      return true
    })
    return isThere
  }

  async sessions(): Promise<SessionRecord[]> {
    return (await this.folders.listed()).map(({ id, record }) => soundRecord(id, record))
  }

  async session(id: string): Promise<SessionRecord | undefined> {
    const found = (await this.folders.listed()).find(one => one.id === id)
    return found && soundRecord(id, found.record)
  }

  async update(id: string, change: (info: SessionInfo) => void): Promise<void> {
    const found = (await this.folders.listed()).find(one => one.id === id)
    if (!found) return
    await (await this.folders.at(found.data)).change(async ({ manifest }) => {
      if (!manifest.record) return false
      const { repaired: _, ...sound } = soundRecord(id, manifest.record)
      change(sound.info)
      manifest.record = sound
      return true
    })
  }

  async remove(id: string): Promise<void> {
    const found = (await this.folders.listed()).find(one => one.id === id)
    if (!found) return
    await this.folders.remove(found.data)
    await this.dropUnused()
  }

  async wipe(): Promise<void> {
    for (const data of await this.folders.keys()) await this.folders.remove(data)
    await this.dropUnused()
  }

  async beginImport(data: string): Promise<void> {
    await (await this.folders.at(data)).change(async ({ manifest }) => {
      manifest.importing = Date.now()
      return true
    })
  }

  async commitImport(record: SessionRecord): Promise<void> {
    const old = (await this.folders.listed()).find(one => one.id === record.info.id)
    const replaces = old && old.data !== record.data ? old.data : undefined
    await this.artifacts.locked(async () => {
      const here = new Map<string, number>()
      for (const { ref } of artifactsOf(record.info)) {
        const bytes = await this.artifacts.read(ref)
        if (bytes) here.set(ref, bytes.byteLength)
      }
      await (await this.folders.at(record.data)).change(async ({ manifest }) => {
        for (const [ref, bytes] of here) manifest.artifacts.set(ref, bytes)
        manifest.record = record
        delete manifest.importing
        if (replaces !== undefined) manifest.replaces = replaces
        return true
      })
    })
    if (replaces === undefined) return
    await this.folders.remove(replaces)
    await this.dropUnused()
  }

  async abortImport(data: string): Promise<void> {
    await this.folders.remove(data)
  }

  async unfinishedImports(): Promise<string[]> {
    return (await this.folders.manifests()).filter(({ importing }) => importing !== undefined).map(({ data }) => data)
  }

  async putBlob(data: string, ref: string, bytes: ArrayBuffer): Promise<boolean> {
    let fits = true
    await this.artifacts.locked(async () => {
      await (await this.folders.at(data)).change(async ({ manifest }) => {
        const { artifacts } = manifest
        if (!artifacts.has(ref)) {
          const sum = [...artifacts.values()].reduce((all, size) => all + size, 0)
          fits = artifacts.size < MOST_ARTIFACTS && sum + bytes.byteLength <= MOST_ARTIFACT_BYTES
          if (!fits) return false
          artifacts.set(ref, bytes.byteLength)
        }
        await this.artifacts.put(ref, bytes)
        return true
      })
    })
    return fits
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

  async sweepBlobs(strays: readonly string[]): Promise<void> {
    for (const data of strays) {
      await (await this.folders.at(data)).change(async ({ manifest }) => {
        if (manifest.record) return false
        manifest.artifacts.clear()
        return true
      })
    }
    await this.dropUnused()
  }

  close(): void {}

  private async dropUnused(): Promise<void> {
    await this.artifacts.locked(async () => {
      const manifests = await this.folders.manifests()
      await this.artifacts.keepOnly(new Set(manifests.flatMap(({ artifacts }) => [...artifacts.keys()])))
    })
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
