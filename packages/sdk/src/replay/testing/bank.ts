import mitt, { type Emitter } from 'mitt'

/** A small deterministic app on a mitt bus: it changes only by handling events, and answers events with events. */
export type BankEvents = {
  Deposit: { account: string; amount: number }
  Tick: number
  Fee: { account: string; amount: number }
  Interest: { account: string; amount: number }
  Alarm: string
}
export const INPUTS: string[] = ['Deposit', 'Tick']

export interface Balances {
  tick: number
  accounts: Readonly<Record<string, number>>
}

export interface Bank {
  bus: Emitter<BankEvents>
  get(): Balances
  set(state: Balances): void
}

export const EMPTY: Balances = { tick: 0, accounts: {} }

export function createBank(): Bank {
  const bus = mitt<BankEvents>()
  let state = EMPTY
  const add = (account: string, amount: number) => {
    state = { ...state, accounts: { ...state.accounts, [account]: (state.accounts[account] ?? 0) + amount } }
  }
  bus.on('Deposit', ({ account, amount }) => {
    add(account, amount)
    if (amount > 50) bus.emit('Fee', { account, amount: Math.ceil(amount / 10) })
    if (amount < 0) throw new RangeError('a negative deposit')
  })
  bus.on('Fee', ({ account, amount }) => add(account, -amount))
  bus.on('Tick', tick => {
    state = { ...state, tick }
    for (const [account, balance] of Object.entries(state.accounts)) {
      if (balance >= 100) bus.emit('Interest', { account, amount: Math.floor(balance / 100) })
    }
  })
  bus.on('Interest', ({ account, amount }) => add(account, amount))
  return {
    bus,
    get: () => state,
    set(next) {
      state = next
    },
  }
}

/** The same inputs for the same seed. */
export function work(bus: Emitter<BankEvents>, seed: number, count: number): void {
  let x = seed
  const random = (below: number) => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0
    return x % below
  }
  for (let n = 1; n <= count; n++) {
    if (n % 4 === 0) bus.emit('Tick', n / 4)
    else bus.emit('Deposit', { account: 'abc'[random(3)] as string, amount: 1 + random(100) })
  }
}
