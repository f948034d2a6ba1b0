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
  if (k === 'ready' && text(url, 65536) && text(origin, 1024) && text(title, 65536) && typeof top === 'boolean') {
    return { k, url: url.slice(0, 8192), origin, title: title.slice(0, 512), top }
  }
  return undefined
}
