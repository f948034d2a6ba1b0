import type { ReplayReport, ReplayStep } from '@playhead/shared/wire/messages'
import type { Adapter, Tap } from '../../api/adapter'
import type { ReplayHooks, StateAccess } from '../../api/recorder'
import type { AttachedBus } from '../../journal/attachments'
import type { ReplayTarget } from '../target'

export interface Seen {
  n: number
  time: number
  type: string
  payload: string
  take: number
  /** Number of the cause, 0 for a root. */
  cause: number
  input: boolean
  threw: boolean
  held: boolean
}

/** A recorder reduced to what the replayer asks of it, holding plain objects. */
export class SmallRecorder implements ReplayTarget {
  readonly producer = '01JD0000000000000000000000'
  origin = 'http://localhost:1'
  readonly events: Seen[] = []
  readonly reports: ReplayReport[] = []
  readonly keyframes: { take: number; why: string; states: Record<string, unknown> }[] = []
  readonly warnings: string[] = []
  readonly access = new Map<string, StateAccess>()
  readonly allHooks: ReplayHooks[] = []
  flushed = 0
  private readonly attached: AttachedBus[] = []
  private take = 0
  private inputTake = 0
  private stack: Seen[] = []
  private stepping = false
  private isolated = false

  constructor(
    readonly now: () => number,
    private readonly inputs: string[],
  ) {}

  attach(adapter: Adapter, source: string, revive?: AttachedBus['revive']): () => void {
    this.attached.push({ id: this.attached.length + 1, name: adapter.name, source, replay: adapter.replay, revive })
    return adapter.connect(this.tap)
  }

  /** The recorded roots, as the engine would send them. */
  steps(): ReplayStep[] {
    const recorded = this.events.filter(event => event.take === 0)
    const origin = recorded[0]?.time ?? 0
    return recorded
      .filter(event => event.cause === 0)
      .map(({ n, time, type, payload }) => ({ n, at: time - origin, type, source: 'core', via: 1, payload }))
  }

  ofTake(take: number): Seen[] {
    return this.events.filter(event => event.take === take)
  }

  ops(): string[] {
    return this.reports.map(report => report.op)
  }

  last(): ReplayReport {
    return this.reports.at(-1) as ReplayReport
  }

  send(report: ReplayReport): void {
    this.reports.push(report)
  }
  bus(via: number): AttachedBus | undefined {
    return this.attached[via - 1]
  }
  buses(): AttachedBus[] {
    return this.attached
  }
  setTake(take: number, inputs = take): void {
    this.take = take
    this.inputTake = inputs
  }
  step(emit: () => void): void {
    const { stack } = this
    this.stack = []
    this.stepping = true
    try {
      emit()
    } finally {
      this.stack = stack
      this.stepping = false
    }
  }
  setIsolated(isolated: boolean): void {
    this.isolated = isolated
  }
  state(name: string): StateAccess | undefined {
    return this.access.get(name)
  }
  states(): string[] {
    return [...this.access.keys()]
  }
  keyframe(why: string): void {
    const states = Object.fromEntries([...this.access].map(([name, { get }]) => [name, get()]))
    this.keyframes.push({ take: this.take, why, states })
  }
  hooks(): ReplayHooks[] {
    return this.allHooks
  }
  flush(): void {
    this.flushed++
  }
  warn(message: string): void {
    this.warnings.push(message)
  }

  private readonly tap: Tap = {
    recorder: 'small',
    begin: (type, payload) => {
      const event = this.add(type, payload)
      event.held = this.isolated && (!this.stepping || event.cause > 0)
      return event.held ? -1 : this.stack.push(event)
    },
    end: (token, threw) => this.tap.endLater(token)(threw),
    endLater: token => {
      const event = this.stack[token - 1] as Seen
      this.stack.length = token - 1
      return threw => {
        event.threw = threw
      }
    },
    around: (type, payload, dispatch) => {
      const token = this.tap.begin(type, payload)
      if (token < 0) return undefined as never
      let threw = true
      try {
        const result = dispatch()
        threw = false
        return result
      } finally {
        this.tap.end(token, threw)
      }
    },
    heard: (type, payload) => {
      this.add(type, payload)
      return undefined
    },
    missed: () => {},
  }

  private add(type: string, payload: unknown): Seen {
    const above = this.stack.at(-1)
    const input = this.inputs.includes(type)
    const root = this.stepping || !input ? this.take : this.inputTake
    const event: Seen = {
      n: this.events.length + 1,
      time: this.now(),
      type,
      payload: JSON.stringify(payload) ?? '',
      take: above ? above.take : root,
      cause: above?.n ?? 0,
      input: input || (this.stepping && !above),
      threw: false,
      held: false,
    }
    this.events.push(event)
    return event
  }
}
