import type { EngineApi, EngineOptions } from '@playhead/engine/contract/engine'
import type { LinkInfo } from '@playhead/engine/contract/links'
import type { ReadApi } from '@playhead/engine/contract/read'
import type { ReplayApi } from '@playhead/engine/contract/replay'
import type { SessionsApi } from '@playhead/engine/contract/sessions'
import type { EngineNotice } from '@playhead/engine/contract/status'
import type { TransferApi } from '@playhead/engine/contract/transfer'
import type { ViewApi } from '@playhead/engine/contract/view'
import { messageOf } from '@playhead/shared/values/message-of'
import { type ReadonlySignal, signal } from '@preact/signals'
import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink'
import type { ConnectionEngine } from './connection'

/** The worker answers an ordinary question within so many ms, or it is taken for dead. */
const DEADLINE = 15_000

/** The engine as features of the panel ask it: each interface of the contract, with deadlines. */
export interface PanelEngine {
  /** Why the engine no longer answers; empty while it does. */
  readonly failure: ReadonlySignal<string>
  readonly sessions: SessionsApi
  readonly view: ViewApi
  readonly read: ReadApi
  readonly transfer: TransferApi
  readonly replay: ReplayApi
}

/** The engine's worker as the panel uses it: every question has a deadline, and a worker that died is noticed. */
export class EngineClient implements PanelEngine, ConnectionEngine {
  /** Why the engine no longer answers; empty while it does. */
  readonly failure = signal('')
  readonly sessions: SessionsApi
  readonly view: ViewApi
  readonly read: ReadApi
  /** A transfer reports progress instead of having a deadline. */
  readonly transfer: TransferApi
  readonly replay: ReplayApi
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
    const { api } = this
    this.sessions = this.withDeadlines('sessions', api.sessions, ['setRetention', 'wipe', 'summary'])
    this.view = this.withDeadlines('view', api.view, [])
    this.read = this.withDeadlines('read', api.read, ['fields', 'entity', 'fieldValues', 'valuesFrom'])
    this.transfer = api.transfer
    this.replay = this.withDeadlines('replay', api.replay, [])
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

  linkOpened(link: LinkInfo): void {
    void this.send(this.api.links.opened(link))
  }

  receive(link: number, message: unknown): Promise<void> {
    const { data } = (message ?? {}) as { data?: unknown }
    return this.send(this.api.links.receive(link, data instanceof ArrayBuffer ? transfer(message, [data]) : message))
  }

  linkClosed(link: number): void {
    void this.send(this.api.links.closed(link))
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

  /**
   * The same interface, where each answer has a deadline but those of `patient`: they look through the whole session, and take as long as
   * that takes.
   */
  private withDeadlines<Api extends object>(group: string, api: Api, patient: readonly (keyof Api & string)[]): Api {
    return new Proxy(api, {
      get: (_, name) => {
        const ask = Reflect.get(api, name) as (...given: unknown[]) => Promise<unknown>
        const isPatient = patient.some(one => one === name)
        return (...given: unknown[]) =>
          isPatient ? ask(...given) : this.within(`${group}.${String(name)}`, ask(...given))
      },
    })
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
