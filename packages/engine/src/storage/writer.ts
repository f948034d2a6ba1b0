import { messageOf } from '@playhead/shared/values/message-of'
import { rawBodyBytes } from '@playhead/shared/wire/body-codec'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'
import type { Disk } from './disk'
import type { SessionRecord } from './records'
import { Unsaved } from './unsaved'

/** ms from the first unsaved change to the write. */
const DELAY = 250
/** ms to the next write after a failure; doubled after each further one, up to the slowest. */
const RETRY = 1000
const SLOWEST_RETRY = 30_000

/** How a session is written, and what is told of it. */
export interface WriterOptions {
  /** False: the session's record is not written, because an import is not finished. */
  listed: boolean
  /** Is called after every write: more is on disk than before. */
  saved(): void
  /** Is called after every write that failed, with the reason, and with an empty text when one succeeds again. */
  trouble(message: string): void
}

/**
 * Writes one session to disk, behind the events that arrive:
 *
 *     log changes ─▶ touch ── 250 ms ──▶ take ─▶ Disk.write ─┬─ stored ──▶ settle, `saved`; another one, if 32 chunks were not all
 *                      ▲                (Unsaved)            └─ refused ─▶ give back, `trouble`; tried again after 1, 2, 4 … 30 s
 *                      └── changes while it runs wait for the next write
 *
 * One transaction runs at a time, also when a body is replaced by its compressed form (`packBody`). A batch costs nothing but marking what
 * changed: at most four times a second the open chunk is written whole, in place of what it was before. A crash loses what arrived in the
 * last 250 ms and the time of the write. As a rule the page's buffer still has it, and sends it to the next engine that says it is missing.
 *
 * The writer never gives up. What is not saved stays in memory, where the log evicts the oldest events if that grows too much.
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

  /** Every event with a seq below this is on disk. */
  get persistedSeq(): number {
    return this.unsaved.persistedSeq
  }

  /** Bytes of columns and text on disk. */
  get bytes(): number {
    return this.unsaved.bytes
  }

  /** Sees to it that what changed, if anything, is written in 250 ms. Call it after every change. */
  touch(): void {
    if (this.timer !== undefined || this.running || this.stopped || !this.dirty) return
    this.timer = setTimeout(() => this.start(), this.delay)
  }

  /** Writes now. Resolves when everything there is now is on disk, or when the disk refused it. */
  async flush(): Promise<void> {
    const { failures } = this
    for (;;) {
      if (this.running) await this.running
      if (!this.dirty || this.stopped) return
      if (this.failures > failures) return
      this.start()
    }
  }

  /** Resolves when everything there is now is on disk, without hastening the write. Never resolves if the writer is stopped before. */
  async whenSaved(): Promise<void> {
    while (!this.dirty && this.running) await this.running
    if (!this.dirty) return
    this.touch()
    await new Promise<void>(resolve => this.waiting.push(resolve))
  }

  /** Writes everything anew, because what was written is gone. */
  startOver(): void {
    this.unsaved.startsOver = true
    this.touch()
  }

  /** Ends the writer. Resolves when the write that is under way is over; none follows. */
  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    this.timer = undefined
    await this.running
  }

  /** Returns the session's record as it is when everything is written. */
  record(): SessionRecord {
    return this.unsaved.record()
  }

  /**
   * Replaces the body of a stored chunk by a compressed one. Resolves with false where it is not there any more. Rejects when the disk
   * refuses.
   */
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

  /** True: something is not on disk. */
  get dirty(): boolean {
    return this.unsaved.any
  }

  private async replaceBody(chunk: MemoryChunk, body: ArrayBuffer): Promise<boolean> {
    const { data, log } = this
    const { firstSeq } = chunk
    const rawBytes = rawBodyBytes(chunk.textBytes)
    const there = await this.disk.packBody({ id: log.session.id, data, firstSeq, body, rawBytes })
    // A chunk that was evicted meanwhile was subtracted with the bytes that it had before.
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
