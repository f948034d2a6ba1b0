/**
 * What the bridge of one frame sends to the panel. The bridge gives every recorder of its frame a channel, whose number is `c`. The
 * messages inside (`m`) are those between recorder and engine; nobody reads them before the engine checks them.
 */
export type FromBridge =
  /** The first message after connecting. */
  | { k: 'ready'; url: string; origin: string; title: string; top: boolean }
  /** A recorder handed over a port. */
  | { k: 'open'; c: number; recorder: string }
  | { k: 'data'; c: number; m: unknown }
  | { k: 'closed'; c: number }
  /** A child frame loaded, and may need a bridge. */
  | { k: 'frames' }

/** What the panel sends to the bridge of one frame. */
export type ToBridge = { k: 'data'; c: number; m: unknown } | { k: 'close'; c: number }

/** Name of the extension port between a panel and a bridge. */
export const PORT_NAME = 'playhead'

/** An address and a title have at most so many characters; the bridge cuts longer ones. */
export const MOST_URL = 8192
export const MOST_TITLE = 512

const text = (value: unknown, max: number): value is string => typeof value === 'string' && value.length <= max
const channel = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Returns a message of a bridge; undefined where it is none. It is checked because a bridge lives in the page's process. */
export function parseFromBridge(message: unknown): FromBridge | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { k, c, m, url, origin, title, top, recorder } = message as Record<string, unknown>
  if (k === 'data' && channel(c)) return { k, c, m }
  if (k === 'open' && channel(c) && text(recorder, 64)) return { k, c, recorder }
  if (k === 'closed' && channel(c)) return { k, c }
  if (k === 'frames') return { k }
  if (
    k === 'ready' &&
    text(url, MOST_URL) &&
    text(origin, 1024) &&
    text(title, MOST_TITLE) &&
    typeof top === 'boolean'
  ) {
    return { k, url, origin, title, top }
  }
  return undefined
}

/** Returns a message for the bridge; undefined where it is none. */
export function parseToBridge(message: unknown): ToBridge | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { k, c, m } = message as Record<string, unknown>
  if (!channel(c)) return undefined
  return k === 'data' ? { k, c, m } : k === 'close' ? { k, c } : undefined
}
