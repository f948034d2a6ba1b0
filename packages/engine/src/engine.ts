import { messageOf } from '@playhead/shared/values/message-of'
import { assemble, FACTORIES, type Factories, type Running } from './assemble'
import type { EngineApi, EngineOptions } from './contract/engine'
import type { LinksApi } from './contract/links'
import type { ReadApi } from './contract/read'
import type { ReplayApi } from './contract/replay'
import type { SessionsApi } from './contract/sessions'
import type { EngineNotice, EngineStatus } from './contract/status'
import type { TransferApi } from './contract/transfer'
import type { ViewApi } from './contract/view'
import type { EngineHost } from './host'

/** ms between two calls of `tick`, which looks at what waits for time to pass: bounds on age, work for idle moments, the status. */
const TICK = 250

/**
 * One engine over one database. It is started once, then asked through its six interfaces, and tells its subscribers of changes by notices.
 * Asking it before `start` throws.
 */
export class Engine implements EngineApi {
  private running: Running | undefined
  private readonly listeners: ((notice: EngineNotice) => void)[] = []
  private ticking: ReturnType<typeof setInterval> | undefined

  /** `factories` lets a test put something else in place of a subsystem. */
  constructor(
    private readonly host: EngineHost,
    private readonly factories: Factories = FACTORIES,
  ) {}

  async start(options: EngineOptions): Promise<EngineStatus> {
    const running = assemble(options, this.host, this.factories, notice => this.tell(notice))
    this.running = running
    const { status } = running
    await running.store.start().catch(error => {
      status.problem = `The database could not be opened: ${messageOf(error)}`
      this.tell({ t: 'problem', message: status.problem })
    })
    this.ticking = setInterval(running.tick, TICK)
    return status.read()
  }

  async subscribe(listener: (notice: EngineNotice) => void): Promise<void> {
    this.listeners.push(listener)
  }

  async status(): Promise<EngineStatus> {
    return this.on.status.read()
  }

  /** Writes what is not on disk, releases every lock and closes the database. Another engine can continue the live session. */
  async dispose(): Promise<void> {
    clearInterval(this.ticking)
    await this.on.dispose()
    this.listeners.length = 0
  }

  get links(): LinksApi {
    return this.on.links
  }

  get sessions(): SessionsApi {
    return this.on.sessions
  }

  get view(): ViewApi {
    return this.on.view
  }

  get read(): ReadApi {
    return this.on.read
  }

  get transfer(): TransferApi {
    return this.on.transfer
  }

  get replay(): ReplayApi {
    return this.on.replay
  }

  private get on(): Running {
    if (!this.running) throw new Error('the engine was not started')
    return this.running
  }

  private tell(notice: EngineNotice): void {
    for (const listener of this.listeners) listener(notice)
  }
}
