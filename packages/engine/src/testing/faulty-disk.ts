import type { SessionInfo } from '@playhead/shared/model/session'
import type { BodyChange, Disk, SessionWrite, StoredSession } from '../storage/disk'
import type { SessionRecord } from '../storage/records'

/**
 * What a disk may do instead of what it was asked:
 *
 *     quota     nothing is written, and it says that it is full
 *     abort     nothing is written
 *     closed    nothing is done: the browser closed the database
 *     unheard   it is written, and the answer is lost: whoever asked must take it as not written
 *     slow      it takes some turns of the event loop
 */
export type Fault = 'none' | 'quota' | 'abort' | 'closed' | 'unheard' | 'slow'

const ERRORS: Record<Exclude<Fault, 'none' | 'slow' | 'unheard'>, [message: string, name: string]> = {
  quota: ['Encountered full disk while committing transaction.', 'QuotaExceededError'],
  abort: ['The transaction was aborted, so the request cannot be fulfilled.', 'AbortError'],
  closed: ['The database connection is closing.', 'InvalidStateError'],
}

/** A disk in front of another one that fails as a schedule says: called once for every operation, with its name. */
export class FaultyDisk implements Disk {
  /** Operations by fault, so that a test knows that what it is about took place. */
  readonly seen: Record<Fault, number> = { none: 0, quota: 0, abort: 0, closed: 0, unheard: 0, slow: 0 }

  constructor(
    private readonly disk: Disk,
    public schedule: (operation: keyof Disk) => Fault,
    private readonly turn: () => Promise<void> = () => new Promise(resolve => setTimeout(resolve)),
  ) {}

  write(change: SessionWrite): Promise<void> {
    // A database copies at once: what changes afterwards is not written.
    const copy = structuredClone(change)
    return this.meddle('write', () => this.disk.write(copy))
  }
  read(data: string): Promise<StoredSession> {
    return this.meddle('read', () => this.disk.read(data))
  }
  body(data: string, firstSeq: number): Promise<ArrayBuffer | undefined> {
    return this.meddle('body', () => this.disk.body(data, firstSeq))
  }
  packBody(change: BodyChange): Promise<boolean> {
    return this.meddle('packBody', () => this.disk.packBody(change))
  }
  sessions(): Promise<SessionRecord[]> {
    return this.meddle('sessions', () => this.disk.sessions())
  }
  session(id: string): Promise<SessionRecord | undefined> {
    return this.meddle('session', () => this.disk.session(id))
  }
  update(id: string, change: (info: SessionInfo) => void): Promise<void> {
    return this.meddle('update', () => this.disk.update(id, change))
  }
  remove(id: string): Promise<void> {
    return this.meddle('remove', () => this.disk.remove(id))
  }
  wipe(): Promise<void> {
    return this.meddle('wipe', () => this.disk.wipe())
  }
  beginImport(data: string): Promise<void> {
    return this.meddle('beginImport', () => this.disk.beginImport(data))
  }
  commitImport(record: SessionRecord): Promise<void> {
    return this.meddle('commitImport', () => this.disk.commitImport(record))
  }
  abortImport(data: string): Promise<void> {
    return this.meddle('abortImport', () => this.disk.abortImport(data))
  }
  unfinishedImports(): Promise<string[]> {
    return this.meddle('unfinishedImports', () => this.disk.unfinishedImports())
  }
  putBlob(data: string, ref: string, bytes: ArrayBuffer): Promise<boolean> {
    return this.meddle('putBlob', () => this.disk.putBlob(data, ref, bytes))
  }
  blob(ref: string): Promise<ArrayBuffer | undefined> {
    return this.meddle('blob', () => this.disk.blob(ref))
  }
  blobRefs(): Promise<string[]> {
    return this.meddle('blobRefs', () => this.disk.blobRefs())
  }
  strayBlobs(): Promise<string[]> {
    return this.meddle('strayBlobs', () => this.disk.strayBlobs())
  }
  sweepBlobs(strays: readonly string[]): Promise<void> {
    return this.meddle('sweepBlobs', () => this.disk.sweepBlobs(strays))
  }
  close(): void {
    this.disk.close()
  }

  private async meddle<T>(operation: keyof Disk, work: () => Promise<T>): Promise<T> {
    const fault = this.schedule(operation)
    this.seen[fault]++
    if (fault === 'none') return work()
    if (fault === 'slow') {
      for (let i = 0; i < 5; i++) await this.turn()
      return work()
    }
    if (fault === 'unheard') {
      await work()
      throw new DOMException(...ERRORS.closed)
    }
    throw new DOMException(...ERRORS[fault])
  }
}
