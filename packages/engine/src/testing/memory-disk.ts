import { artifactsOf } from '@playhead/shared/model/artifact'
import type { SessionInfo } from '@playhead/shared/model/session'
import {
  type BodyChange,
  type Disk,
  MOST_ARTIFACT_BYTES,
  MOST_ARTIFACTS,
  type SessionWrite,
  type StoredSession,
} from '../storage/disk'
import { notePacked } from '../storage/packed-bodies'
import type { GapRecord, SessionRecord, TailRecord } from '../storage/records'
import { soundRecord } from '../storage/sound-record'
import { type DatabaseDump, revived } from './database-dump'

/** What a disk holds of one session. */
class Data {
  readonly heads = new Map<number, ArrayBuffer>()
  readonly bodies = new Map<number, ArrayBuffer>()
  readonly gaps = new Map<number, GapRecord>()
  readonly states = new Map<number, StoredSession['keyframes'][number]['keyframe']>()
  tail: TailRecord | undefined
}

/** A disk without a disk: the same stores as plain maps, for tests outside the browser. Everything is copied in and out. */
export class MemoryDisk implements Disk {
  readonly catalogue = new Map<string, SessionRecord>()
  readonly data = new Map<string, Data>()
  /** Bytes by reference; and who refers to them, as `data ref`. */
  readonly blobs = new Map<string, ArrayBuffer>()
  readonly references = new Set<string>()
  private readonly importing = new Set<string>()

  /** Data keys of the imports that are under way. */
  get imports(): string[] {
    return [...this.importing]
  }

  static from(dump: DatabaseDump): MemoryDisk {
    const disk = new MemoryDisk()
    const rows = (store: string) => dump.stores[store] ?? []
    const put = (store: 'heads' | 'bodies' | 'gaps' | 'states') => {
      for (const [key, value] of rows(store)) {
        const [data, number] = key as [string, number]
        ;(disk.of(data)[store] as Map<number, unknown>).set(number, revived(value))
      }
    }
    for (const [key, value] of rows('sessions')) disk.catalogue.set(key as string, revived(value) as SessionRecord)
    for (const [key, value] of rows('tails')) disk.of(key as string).tail = revived(value) as TailRecord
    for (const store of ['heads', 'bodies', 'gaps', 'states'] as const) put(store)
    return disk
  }

  of(data: string): Data {
    const known = this.data.get(data)
    if (known) return known
    const made = new Data()
    this.data.set(data, made)
    return made
  }

  async write(given: SessionWrite): Promise<void> {
    // Throws what a database would throw, before anything is changed.
    const change = structuredClone(given)
    const { heads, bodies, gaps, states } = this.of(change.data)
    for (const { firstSeq, head, body } of change.chunks) {
      heads.set(firstSeq, head)
      bodies.set(firstSeq, body)
    }
    for (const { firstSeq, head } of change.heads) heads.set(firstSeq, head)
    if (change.tail !== undefined) this.of(change.data).tail = change.tail ?? undefined
    for (const { code, record } of change.gaps) gaps.set(code, record)
    for (const { number, keyframe } of change.keyframes) states.set(number, keyframe)
    for (const number of change.removedKeyframes) states.delete(number)
    for (const firstSeq of [...heads.keys(), ...bodies.keys()]) {
      if (firstSeq >= (change.evictedBelow ?? 0)) continue
      heads.delete(firstSeq)
      bodies.delete(firstSeq)
    }
    if (change.record) this.catalogue.set(change.record.info.id, change.record)
  }

  async read(data: string): Promise<StoredSession> {
    const { heads, tail, gaps, states } = this.of(data)
    return structuredClone({
      heads: byNumber(heads).map(([firstSeq, head]) => ({ firstSeq, head })),
      tail,
      gaps: byNumber(gaps).map(([, record]) => record),
      keyframes: byNumber(states).map(([number, keyframe]) => ({ number, keyframe })),
    })
  }

  async body(data: string, firstSeq: number): Promise<ArrayBuffer | undefined> {
    return structuredClone(this.of(data).bodies.get(firstSeq))
  }

  async packBody(change: BodyChange): Promise<boolean> {
    const { bodies } = this.of(change.data)
    if (!bodies.has(change.firstSeq)) return false
    bodies.set(change.firstSeq, structuredClone(change.body))
    const record = this.catalogue.get(change.id)
    if (record) notePacked(record, change)
    return true
  }

  async sessions(): Promise<SessionRecord[]> {
    return structuredClone([...this.catalogue]).map(([id, record]) => soundRecord(id, record))
  }

  async session(id: string): Promise<SessionRecord | undefined> {
    const record = structuredClone(this.catalogue.get(id))
    return record && soundRecord(id, record)
  }

  async update(id: string, change: (info: SessionInfo) => void): Promise<void> {
    const record = this.catalogue.get(id)
    if (record) change(record.info)
  }

  async remove(id: string): Promise<void> {
    const record = this.catalogue.get(id)
    this.catalogue.delete(id)
    if (!record) return
    this.data.delete(record.data)
    this.release([record.data])
  }

  async wipe(): Promise<void> {
    this.catalogue.clear()
    this.data.clear()
    this.blobs.clear()
    this.references.clear()
  }

  async beginImport(data: string): Promise<void> {
    this.importing.add(data)
  }

  async commitImport(record: SessionRecord): Promise<void> {
    const old = this.catalogue.get(record.info.id)
    for (const { ref } of artifactsOf(record.info))
      if (this.blobs.has(ref)) this.references.add(`${record.data} ${ref}`)
    if (old && old.data !== record.data) {
      this.data.delete(old.data)
      this.release([old.data])
    }
    this.catalogue.set(record.info.id, structuredClone(record))
    this.importing.delete(record.data)
  }

  async abortImport(data: string): Promise<void> {
    this.data.delete(data)
    this.importing.delete(data)
    for (const reference of this.references) if (reference.startsWith(`${data} `)) this.references.delete(reference)
  }

  async unfinishedImports(): Promise<string[]> {
    return this.imports
  }

  async putBlob(data: string, ref: string, bytes: ArrayBuffer): Promise<boolean> {
    if (!this.references.has(`${data} ${ref}`)) {
      const own = [...this.references].filter(reference => reference.startsWith(`${data} `))
      const sum = own.reduce((all, reference) => all + this.blobs.get(reference.split(' ')[1]!)!.byteLength, 0)
      if (own.length >= MOST_ARTIFACTS || sum + bytes.byteLength > MOST_ARTIFACT_BYTES) return false
      this.references.add(`${data} ${ref}`)
    }
    if (!this.blobs.has(ref)) this.blobs.set(ref, structuredClone(bytes))
    return true
  }

  async blob(ref: string): Promise<ArrayBuffer | undefined> {
    return structuredClone(this.blobs.get(ref))
  }

  async blobRefs(): Promise<string[]> {
    return [...this.blobs.keys()]
  }

  async strayBlobs(): Promise<string[]> {
    const known = new Set([...this.catalogue.values()].map(({ data }) => data))
    return [...new Set([...this.references].map(reference => reference.split(' ')[0]!))].filter(
      data => !known.has(data),
    )
  }

  async sweepBlobs(strays: readonly string[]): Promise<void> {
    const still = await this.strayBlobs()
    this.release(strays.filter(data => still.includes(data)))
  }

  close(): void {}

  private release(gone: readonly string[]): void {
    for (const reference of this.references) {
      if (gone.includes(reference.split(' ')[0]!)) this.references.delete(reference)
    }
    const used = new Set([...this.references].map(reference => reference.split(' ')[1]))
    for (const ref of this.blobs.keys()) if (!used.has(ref)) this.blobs.delete(ref)
  }
}

function byNumber<T>(map: ReadonlyMap<number, T>): [number, T][] {
  return [...map].sort(([a], [b]) => a - b)
}
