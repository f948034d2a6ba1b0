import { messageOf } from '@playhead/shared/values/message-of'
import { rawBodyBytes } from '@playhead/shared/wire/body-codec'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'
import type { Disk } from './disk'
import type { SessionRecord } from './records'
import { Unsaved } from './unsaved'

/** ms between the first unsaved event and the write; after a failure, doubled up to the last. */
const DELAY = 250
const RETRY = 1000
const SLOWEST_RETRY = 30_000
export interface WriterOptions {
  /** False: the session stays out of the catalogue (an import that is not finished). */
  listed: boolean
  /** Something more is on disk: acknowledge it. */
  saved(): void
  /** The disk said no, or works again (empty). What is not saved stays in memory and is tried again. */
  trouble(message: string): void
}

/**
 * Write-behind of one session. One transaction at a time; while one runs the next gathers. The open chunk is rewritten by the timer,
 * not per batch.
 */
export class SessionWriter {
  private readonly unsaved: Unsaved
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | undefined
  private failures = 0
  private stopped = false
  private waiting: (() => void)[] = []

  constructor(
    private readonly disk: Disk,
    readonly log: SessionLog,
    readonly data: string,
    private readonly options: WriterOptions,
    stored: { bytes: number; tailBytes: number } = { bytes: 0, tailBytes: 0 },
  ) {
    this.unsaved = new Unsaved(log, data, options.listed, stored)
  }

  /** Seqs below this are on disk. */
  get persistedSeq(): number {
    return this.unsaved.persistedSeq
  }

  /** Bytes of columns and text on disk. */
  get bytes(): number {
    return this.unsaved.bytes
  }

  /** Something may have changed: sees to it that it is written in time. */
  touch(): void {
    if (this.timer !== undefined || this.running || this.stopped || !this.dirty) return
    this.timer = setTimeout(() => this.start(), this.delay)
  }

  /** Resolves when all there is now is on disk, or when the disk refused. */
  async flush(): Promise<void> {
    const { failures } = this
    for (;;) {
      if (this.running) await this.running
      if (!this.dirty || this.stopped) return
      if (this.failures > failures) return
      this.start()
    }
  }

  /** Resolves once all there is now is on disk, and the session in the catalogue; without a write of its own. Never, if it is ended before. */
  async whenSaved(): Promise<void> {
    while (!this.dirty && this.running) await this.running
    if (!this.dirty) return
    this.touch()
    await new Promise<void>(resolve => this.waiting.push(resolve))
  }

  /** What was written is gone: everything is written anew. */
  startOver(): void {
    this.unsaved.startsOver = true
    this.touch()
  }

  /** Ends it: what is under way is finished, nothing follows. */
  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    this.timer = undefined
    await this.running
  }

  /** The catalogue's record as it is when all of it is written. */
  record(): SessionRecord {
    return this.unsaved.record()
  }

  /** Puts a compressed body in place of a stored chunk's. False: it is not there any more. Rejects when the disk refuses. */
  async packBody(chunk: MemoryChunk, body: ArrayBuffer): Promise<boolean> {
    while (this.running) await this.running
    if (this.stopped) return false
    const work = this.replaceBody(chunk, body)
    const running = work.then(nothing, nothing).finally(() => {
      if (this.running === running) this.running = undefined
      this.touch()
    })
    this.running = running
    return work
  }

  /** Something is not on disk. */
  get dirty(): boolean {
    return this.unsaved.any
  }

  private async replaceBody(chunk: MemoryChunk, body: ArrayBuffer): Promise<boolean> {
    const { data, log } = this
    const { firstSeq } = chunk
    const rawBytes = rawBodyBytes(chunk.textBytes)
    const there = await this.disk.packBody({ id: log.session.id, data, firstSeq, body, rawBytes })
    // Evicted meanwhile: its bytes were counted as they were.
    if (!there || !log.chunks.includes(chunk)) return there
    const less = (chunk.packedBytes || rawBytes) - body.byteLength
    chunk.packedBytes = body.byteLength
    chunk.diskBytes -= less
    this.unsaved.bytes = Math.max(0, this.bytes - less)
    return true
  }

  private get delay(): number {
    return this.failures === 0 ? DELAY : Math.min(SLOWEST_RETRY, RETRY * 2 ** (this.failures - 1))
  }

  private start(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.running || this.stopped) return
    const running = this.write()
      .catch(error => this.failed(error))
      .finally(() => {
        if (this.running === running) this.running = undefined
        this.touch()
      })
    this.running = running
  }

  private async write(): Promise<void> {
    for (;;) {
      const snapshot = this.unsaved.take()
      const waiting = snapshot.complete ? this.waiting.splice(0) : []
      try {
        await this.disk.write(snapshot.change)
      } catch (error) {
        this.waiting.unshift(...waiting)
        this.unsaved.giveBack(snapshot)
        this.failed(error)
        return
      }
      if (this.failures > 0) this.options.trouble('')
      this.failures = 0
      this.unsaved.settle(snapshot)
      this.options.saved()
      for (const resolve of waiting) resolve()
      if (snapshot.complete) return
    }
  }

  private failed(error: unknown): void {
    this.failures++
    this.options.trouble(troubleOf(error))
  }
}

function troubleOf(error: unknown): string {
  const full = error instanceof Error && error.name === 'QuotaExceededError'
  return full ? 'the disk is full (quota exceeded)' : messageOf(error)
}

function nothing(): void {}
