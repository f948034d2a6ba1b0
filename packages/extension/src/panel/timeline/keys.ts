import { typedKey } from '../widgets/typed-key'

/** What a key does on the timeline. Shares are of the length of what is seen, negative to the left. */
export type TimelineMove =
  /** Zooms by a factor (below 1: closer), around the playhead where that is in view. */
  | { zoom: number }
  | { pan: number }
  /** Moves the playhead, and with it the selected event. */
  | { step: number }
  /** Moves the end of the selected time; where there is none it begins at the playhead. */
  | { extend: number }
  | { to: 'first' | 'last' }
  | 'all'
  | 'clear'

const CLOSER = 0.6
const FAR = 0.2
const NEAR = 0.02

const MOVES: Readonly<Record<string, TimelineMove>> = {
  w: { zoom: CLOSER },
  s: { zoom: 1 / CLOSER },
  a: { pan: -0.15 },
  d: { pan: 0.15 },
  '+': { zoom: CLOSER },
  '-': { zoom: 1 / CLOSER },
  '0': 'all',
  ArrowLeft: { step: -NEAR },
  ArrowRight: { step: NEAR },
  ArrowDown: { step: -NEAR },
  ArrowUp: { step: NEAR },
  Home: { to: 'first' },
  End: { to: 'last' },
  PageUp: { step: -FAR },
  PageDown: { step: FAR },
  Delete: 'clear',
  Backspace: 'clear',
}

type TimelineKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Undefined where the key is not the timeline's. */
export function timelineMove(pressed: TimelineKey): TimelineMove | undefined {
  const { ctrlKey, metaKey, altKey, shiftKey } = pressed
  const key = typedKey(pressed)
  const name = key.length === 1 ? key.toLowerCase() : key
  if (ctrlKey || metaKey || altKey || !Object.hasOwn(MOVES, name)) return undefined
  const move = MOVES[name]
  return shiftKey && typeof move === 'object' && 'step' in move ? { extend: move.step } : move
}

/** The stretch of time that is selected once its end was moved by `by` ms; it begins at `from` where none was. */
export function extended(
  before: { from: number; to: number } | undefined,
  from: number,
  by: number,
): { from: number; to: number } {
  const first = before && Number.isFinite(before.from) ? before.from : from
  const last = before && Number.isFinite(before.to) ? before.to : first
  return { from: first, to: last + by }
}
