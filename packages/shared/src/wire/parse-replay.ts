import { MAX_N } from '../model/id'
import { array, finite, flag, oneOf, record, text, whole } from './check'
import { WireError } from './error'
import { Limits } from './limits'
import type { ReplayCommand } from './messages'

const UINT = 0xffffffff
const MODES = ['roots', 'all', 'isolated'] as const

/** Makes a replay command of what the panel sent, checked as in `parseToPage`. Throws WireError. Runs in the page. */
export function parseReplay(m: Record<string, unknown>): ReplayCommand {
  const t = 'replay'
  const n = (key: string, most: number = UINT) => whole(m[key], 0, most, key)
  const run = n('run')
  switch (m.op) {
    case 'start':
      return {
        t,
        op: m.op,
        run,
        take: n('take', 0xffff),
        away: n('away', 0xffff),
        total: n('total'),
        speed: speedOf(m.speed),
        paused: flag(m.paused, 'paused'),
        mode: oneOf(m.mode, MODES, 'mode'),
        origin: text(m.origin, Limits.url, 'origin'),
        states: array(m.states, Limits.states, 'states').map(value => {
          const { state, json } = record(value, 'states')
          return { state: text(state, Limits.name, 'states'), json: text(json, Limits.keyframe, 'states') }
        }),
      }
    case 'steps':
      return {
        t,
        op: m.op,
        run,
        index: n('index'),
        steps: array(m.steps, Limits.steps, 'steps').map((value, i) => {
          const step = record(value, `steps, entry ${i}`)
          const where = `steps, entry ${i}`
          const at = finite(step.at, where)
          if (at < 0) throw new WireError('before the start', where)
          return {
            n: whole(step.n, 1, MAX_N, where),
            at,
            type: text(step.type, Limits.name, where),
            source: text(step.source, Limits.name, where),
            via: whole(step.via, 0, Limits.attachments, where),
            payload: text(step.payload, Limits.eventBytes, where),
          }
        }),
      }
    case 'pause':
    case 'resume':
    case 'step':
    case 'stop':
    case 'live':
      return { t, op: m.op, run }
    case 'speed':
      return { t, op: m.op, run, speed: speedOf(m.speed) }
    default:
      throw new WireError('not a known command', 'op')
  }
}

/** Checks a speed: a factor on the recorded pace, or 0 for as fast as possible. */
function speedOf(value: unknown): number {
  const speed = finite(value, 'speed')
  if (speed < 0 || speed > 1000) throw new WireError('must be from 0 to 1000', 'speed')
  return speed
}
