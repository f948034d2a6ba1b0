import { seedRng } from './rng'
import type { Agent, Cents, Config, PolicyName, Speed, State } from './types'

export const DEFAULTS: Config = { seed: 30, ticksPerDay: 60, arrivals: 0.45 }

const POLICIES: readonly PolicyName[] = [
  'eager',
  'cautious',
  'splitter',
  'eager',
  'cautious',
  'splitter',
  'cautious',
  'eager',
]
/** Balance, credit limit and collateral of each agent in thousands: a few big houses and several small ones. */
const SIZES: readonly (readonly [number, number, number])[] = [
  [180, 90, 90],
  [125, 75, 75],
  [90, 50, 50],
  [65, 40, 40],
  [55, 30, 30],
  [45, 30, 30],
  [35, 25, 25],
  [30, 20, 20],
]

export function initialState(config: Partial<Config> = {}, speed: Speed = 0): State {
  const settings = { ...DEFAULTS, ...config }
  const agents: Record<string, Agent> = {}
  SIZES.forEach(([balance, creditLimit, eligible], i) => {
    const id = `BANK_${String.fromCharCode(65 + i)}`
    agents[id] = newAgent(id, POLICIES[i] ?? 'eager', thousands(balance), thousands(creditLimit), thousands(eligible))
  })
  return {
    config: settings,
    rng: seedRng(settings.seed),
    tick: 0,
    day: 1,
    clock: { speed, resume: speed === 0 ? 5 : speed },
    agents,
    open: {},
    recent: [],
    finished: 0,
    submitted: 0,
  }
}

export function newAgent(id: string, policy: PolicyName, balance: Cents, creditLimit: Cents, eligible: Cents): Agent {
  return {
    id,
    policy,
    balance,
    creditLimit,
    collateral: 0,
    eligible,
    held: [],
    queue: [],
    costs: { delay: 0, liquidity: 0, collateral: 0, penalty: 0 },
    sent: { count: 0, value: 0, today: 0 },
    received: { count: 0, value: 0 },
  }
}

function thousands(units: number): Cents {
  return units * 1000 * 100
}
