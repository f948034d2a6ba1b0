import { DEFAULTS } from './model/initial'
import { type Config, SPEEDS, type Speed } from './model/types'

/** What the page's address asks for. */
export interface Options {
  config: Config
  speed: Speed
  /** True: the bus and a read-only view of the state are on `globalThis.payments`, for end-to-end tests. */
  expose: boolean
  /** The level that the recorder records; undefined takes its default. */
  level: string | undefined
}

/** Reads `?seed= &speed= &ticksPerDay= &arrivals= &level= &expose`. A value that makes no sense counts as absent. */
export function readOptions(query: string): Options {
  const params = new URLSearchParams(query)
  const number = (name: keyof Config, least: number, most: number) => {
    const value = Number(params.get(name) || Number.NaN)
    return value >= least && value <= most ? value : DEFAULTS[name]
  }
  const speed = SPEEDS.find(known => String(known) === params.get('speed'))
  return {
    config: {
      seed: Math.floor(number('seed', 0, 0xffffffff)),
      ticksPerDay: Math.floor(number('ticksPerDay', 1, 100_000)),
      arrivals: number('arrivals', 0, 1),
    },
    speed: speed ?? 5,
    expose: params.has('expose'),
    level: params.get('level') ?? undefined,
  }
}
