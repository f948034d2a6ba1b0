import { type Bus, createBus } from './bus'
import { type Clock, createClock } from './clock'
import { handleEvents } from './handlers'
import { initialState } from './model/initial'
import { nextMoment, now } from './model/query'
import type { AgentId, Cents, Speed, TxId } from './model/types'
import type { Options } from './options'
import { createStore, type Store } from './store'

/** What the user can do. Each of these emits one or two input events and does nothing else. */
export interface Commands {
  setSpeed(speed: Speed): void
  /** Advances by one tick. Pauses the clock first if it runs. */
  step(): void
  submit(agentId: AgentId, to: AgentId, amount: Cents): void
  drop(txId: TxId): void
}

export interface App {
  bus: Bus
  store: Store
  clock: Clock
  commands: Commands
}

/** Makes the whole app except its views. The clock stands until it is started. */
export function createApp({ config, speed }: Pick<Options, 'config' | 'speed'>): App {
  const bus = createBus()
  const store = createStore(initialState(config, speed))
  handleEvents({ bus, store })
  const moment = () => now(store.get())
  const setSpeed = (wanted: Speed) => bus.emit('SetSpeed', { ...moment(), speed: wanted })
  const commands: Commands = {
    setSpeed,
    step() {
      if (store.get().clock.speed !== 0) setSpeed(0)
      bus.emit('Tick', nextMoment(store.get()))
    },
    submit: (agentId, to, amount) => bus.emit('Submit', { ...moment(), agentId, to, amount }),
    drop: txId => bus.emit('Drop', { ...moment(), txId }),
  }
  return { bus, store, clock: createClock(bus, store), commands }
}
