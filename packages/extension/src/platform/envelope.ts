/**
 * What travels on the port between the bridge of one frame and the panel. The bridge gives every recorder of its frame a channel; the
 * messages inside (`m`) are those of the link and stay unread until the engine validates them.
 */
export type FromBridge =
  /** First message after connecting, and again when the frame's address changed without a new document. */
  | { k: 'ready'; url: string; origin: string; title: string; top: boolean }
  | { k: 'open'; c: number; recorder: string }
  | { k: 'data'; c: number; m: unknown }
  | { k: 'closed'; c: number }
  /** A child frame loaded: it may need a bridge. */
  | { k: 'frames' }

export type ToBridge = { k: 'data'; c: number; m: unknown } | { k: 'close'; c: number }

export const PORT_NAME = 'playhead'

/** Characters of an address and a title that are worth sending. */
export const MOST_URL = 8192
export const MOST_TITLE = 512

const text = (value: unknown, max: number): value is string => typeof value === 'string' && value.length <= max
const channel = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Undefined for anything else: a bridge lives in the page's process, so what it sends is checked. */
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

/** Undefined for anything else. */
export function parseToBridge(message: unknown): ToBridge | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { k, c, m } = message as Record<string, unknown>
  if (!channel(c)) return undefined
  return k === 'data' ? { k, c, m } : k === 'close' ? { k, c } : undefined
}
