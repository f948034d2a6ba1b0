/** What the background relay sends to the panel, in Firefox. `f` is the number of a frame's port, `m` a message of or for its bridge. */
export type FromRelay =
  /** A port to a frame was opened. */
  | { r: 'frame'; f: number }
  | { r: 'data'; f: number; m: unknown }
  /** The port was closed. */
  | { r: 'gone'; f: number }
  /** A scan is over. `message` is empty where it succeeded; `denied` where access was refused. */
  | { r: 'scanned'; denied: boolean; message: string }

/** What the panel sends to the background relay. `drop` closes a port. */
export type ToRelay = { r: 'scan'; tab: number } | { r: 'data'; f: number; m: unknown } | { r: 'drop'; f: number }

/** What a panel in Firefox asks the relay, because it may not ask the browser: is a tab private, and may an origin be accessed. */
export type RelayQuestion = { ask: 'private'; tab: number } | { ask: 'grant'; origin: string }

/** Name of the port between a panel and the relay. */
export const RELAY_PORT = 'playhead-panel'

const number = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Returns a message of the relay; undefined where it is none. */
export function parseFromRelay(message: unknown): FromRelay | undefined {
  const { r, f, m, denied, message: text } = record(message)
  if (r === 'scanned')
    return { r, denied: denied === true, message: typeof text === 'string' ? text.slice(0, 1000) : '' }
  if (!number(f)) return undefined
  if (r === 'frame' || r === 'gone') return { r, f }
  return r === 'data' ? { r, f, m } : undefined
}

/** Returns a message for the relay; undefined where it is none. */
export function parseToRelay(message: unknown): ToRelay | undefined {
  const { r, tab, f, m } = record(message)
  if (r === 'scan' && number(tab)) return { r, tab }
  if (!number(f)) return undefined
  if (r === 'drop') return { r, f }
  return r === 'data' ? { r, f, m } : undefined
}

/** Returns a question for the relay; undefined where it is none. */
export function parseQuestion(message: unknown): RelayQuestion | undefined {
  const { ask, tab, origin } = record(message)
  if (ask === 'private' && number(tab)) return { ask, tab }
  if (ask === 'grant' && typeof origin === 'string' && origin.length <= 1024) return { ask, origin }
  return undefined
}

/**
 * Tells whether a message or port comes from a page of this extension. The extension's `id` alone says little, as bridges in pages of the
 * web have it too. `root` is what the addresses of all the extension's pages begin with.
 */
export function isOwnPage(sender: { id?: string; url?: string } | undefined, id: string, root: string): boolean {
  return sender?.id === id && typeof sender.url === 'string' && sender.url.startsWith(root)
}

function record(message: unknown): Record<string, unknown> {
  return typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : {}
}
