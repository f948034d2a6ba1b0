import type { EngineApi, EngineNotice, EngineOptions, LinkInfo } from '@playhead/engine/contract/engine'
import { messageOf } from '@playhead/shared/values/message-of'
import { signal } from '@preact/signals'
import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink'
import type { ConnectionEngine } from './connection'

/** ms within which the worker answers an ordinary question. */
const DEADLINE = 15_000

/** The engine's worker as the panel uses it: every question has a deadline, and a worker that died is noticed. */
export class EngineClient implements ConnectionEngine {
  /** Why the engine no longer answers; empty while it does. */
  readonly failure = signal('')
  private readonly worker: Worker
  /** Every function of the contract is asynchronous already: the proxy has just this type. */
  private readonly api: EngineApi
  private readonly release: () => void
  private readonly listeners = new Set<(notice: EngineNotice) => void>()

  constructor() {
    this.worker = new Worker(new URL('../../../../engine/src/browser/entry.ts', import.meta.url), { type: 'module' })
    this.worker.addEventListener('error', event => this.fail(event.message || 'it ended'))
    this.worker.addEventListener('messageerror', () => this.fail('a message could not be read'))
    const remote: Remote<EngineApi> = wrap<EngineApi>(this.worker)
    this.api = remote as unknown as EngineApi
    this.release = () => remote[releaseProxy]()
  }

  async start(options: EngineOptions): Promise<void> {
    await this.within('subscribe', this.api.subscribe(proxy(notice => this.hear(notice))))
    const status = await this.within('start', this.api.start(options))
    this.hear({ t: 'status', status })
  }

  onNotice(listener: (notice: EngineNotice) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Asks the engine; rejects where it does not answer in time. `long`: imports and exports, which report progress instead. */
  ask<T>(name: string, question: (api: EngineApi) => Promise<T>, long = false): Promise<T> {
    return long ? question(this.api) : this.within(name, question(this.api))
  }

  linkOpened(link: LinkInfo): void {
    void this.send(this.api.linkOpened(link))
  }

  receive(link: number, message: unknown): Promise<void> {
    const { data } = (message ?? {}) as { data?: unknown }
    return this.send(this.api.receive(link, data instanceof ArrayBuffer ? transfer(message, [data]) : message))
  }

  linkClosed(link: number): void {
    void this.send(this.api.linkClosed(link))
  }

  onSend(listener: (link: number, message: unknown) => void): () => void {
    return this.onNotice(notice => {
      if (notice.t === 'send') listener(notice.link, notice.message)
    })
  }

  dispose(): void {
    this.release()
    this.worker.terminate()
  }

  private hear(notice: EngineNotice): void {
    for (const listener of this.listeners) listener(notice)
  }

  private send(done: Promise<unknown>): Promise<void> {
    return done.then(
      () => {},
      (error: unknown) => this.fail(messageOf(error)),
    )
  }

  private fail(reason: string): void {
    this.failure.value ||= reason
  }

  private async within<T>(name: string, answer: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.fail(`no answer to ${name}`)
        reject(new Error(`the engine did not answer ${name} within ${DEADLINE / 1000} s`))
      }, DEADLINE)
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
