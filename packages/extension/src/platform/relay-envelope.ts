/** Firefox: what travels between the panel and the background relay. `f` names the port of one frame; `m` is the bridge's envelope. */
export type FromRelay =
  | { r: 'frame'; f: number }
  | { r: 'data'; f: number; m: unknown }
  | { r: 'gone'; f: number }
  | { r: 'scanned'; denied: boolean; message: string }

export type ToRelay = { r: 'scan'; tab: number } | { r: 'data'; f: number; m: unknown } | { r: 'drop'; f: number }

/** Single questions that a Firefox panel cannot answer itself. */
export type RelayQuestion = { ask: 'private'; tab: number } | { ask: 'grant'; origin: string }

export const RELAY_PORT = 'playhead-panel'

const number = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Undefined for anything else. */
export function parseFromRelay(message: unknown): FromRelay | undefined {
  const { r, f, m, denied, message: text } = record(message)
  if (r === 'scanned')
    return { r, denied: denied === true, message: typeof text === 'string' ? text.slice(0, 1000) : '' }
  if (!number(f)) return undefined
  if (r === 'frame' || r === 'gone') return { r, f }
  return r === 'data' ? { r, f, m } : undefined
}

/** Undefined for anything else. */
export function parseToRelay(message: unknown): ToRelay | undefined {
  const { r, tab, f, m } = record(message)
  if (r === 'scan' && number(tab)) return { r, tab }
  if (!number(f)) return undefined
  if (r === 'drop') return { r, f }
  return r === 'data' ? { r, f, m } : undefined
}

/** Undefined for anything else. */
export function parseQuestion(message: unknown): RelayQuestion | undefined {
  const { ask, tab, origin } = record(message)
  if (ask === 'private' && number(tab)) return { ask, tab }
  if (ask === 'grant' && typeof origin === 'string' && origin.length <= 1024) return { ask, origin }
  return undefined
}

/**
 * Whether a message or port comes from a page of this extension. `id` alone says little: the bridges in web pages have it too.
 * `root`: the address all our pages begin with.
 */
export function isOwnPage(sender: { id?: string; url?: string } | undefined, id: string, root: string): boolean {
  return sender?.id === id && typeof sender.url === 'string' && sender.url.startsWith(root)
}

function record(message: unknown): Record<string, unknown> {
  return typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : {}
}
