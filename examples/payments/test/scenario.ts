/** A whole app without clock, page or recorder, for tests. */
import { type Bus, createBus } from '../src/bus'
import { handleEvents } from '../src/handlers'
import { type EventName, type Events, INPUTS, type InputName } from '../src/model/events'
import { initialState } from '../src/model/initial'
import { nextMoment, now } from '../src/model/query'
import type { AgentId, Cents, Config, State, TxId } from '../src/model/types'
import { createStore } from '../src/store'

export type Logged = { [T in EventName]: { type: T; payload: Events[T] } }[EventName]
export type Input = { [T in InputName]: { type: T; payload: Events[T] } }[InputName]

export interface Scenario {
  bus: Bus
  /** In order of arrival at listeners: a consequence comes before its cause. */
  log: Logged[]
  state(): State
  replace(state: State): void
  ticks(count: number): void
  submit(agentId: AgentId, to: AgentId, amount: Cents): void
  drop(txId: TxId): void
  of<T extends EventName>(type: T): Events[T][]
  inputs(): Input[]
}

export function scenario(start: Partial<Config> | State = {}): Scenario {
  const store = createStore('agents' in start ? start : initialState(start))
  const bus = createBus()
  const log: Logged[] = []
  handleEvents({ bus, store })
  bus.on('*', (type, payload) => log.push({ type, payload } as Logged))
  return {
    bus,
    log,
    state: store.get,
    replace: store.replace,
    ticks(count) {
      for (let i = 0; i < count; i++) bus.emit('Tick', nextMoment(store.get()))
    },
    submit: (agentId, to, amount) => bus.emit('Submit', { ...now(store.get()), agentId, to, amount }),
    drop: txId => bus.emit('Drop', { ...now(store.get()), txId }),
    of: <T extends EventName>(type: T) => log.flatMap(e => (e.type === type ? [e.payload as Events[T]] : [])),
    inputs: () => log.filter((event): event is Input => INPUTS.includes(event.type as InputName)),
  }
}

/** No arrivals: nothing happens but what the test submits. */
export function quiet(): Scenario {
  return scenario({ arrivals: 0 })
}

/** Days of the default mix with a user who submits, drops and changes the speed now and then, by fixed rules. */
export function busyDays(days: number, config: Partial<Config> = {}): Scenario {
  const run = scenario(config)
  const { ticksPerDay } = run.state().config
  for (let i = 1; i <= days * ticksPerDay; i++) {
    run.ticks(1)
    if (i % 7 === 0) run.submit(`BANK_${'ABCDEFGH'[i % 8]}`, `BANK_${'ABCDEFGH'[(i + 3) % 8]}`, i * 100_000)
    const waiting = Object.keys(run.state().open)
    if (i % 11 === 0 && waiting[0]) run.drop(waiting[0])
    if (i % 20 === 0) run.bus.emit('SetSpeed', { ...now(run.state()), speed: i % 40 === 0 ? 0 : 20 })
  }
  return run
}

/** Emits the inputs alone, in their order, onto an app that starts from `start`. */
export function replay(inputs: readonly Input[], start: Partial<Config> | State = {}): Scenario {
  const run = scenario(start)
  for (const { type, payload } of inputs) run.bus.emit(type, payload)
  return run
}
