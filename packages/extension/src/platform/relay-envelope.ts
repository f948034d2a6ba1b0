/** Firefox: what travels between the panel and the background relay. `f` names the port of one frame; `m` is the bridge's envelope. */
export type FromRelay =
  | { r: 'frame'; f: number }
  | { r: 'data'; f: number; m: unknown }
  | { r: 'gone'; f: number }
  | { r: 'scanned'; denied: boolean; message: string }

export type ToRelay = { r: 'scan'; tab: number } | { r: 'data'; f: number; m: unknown } | { r: 'drop'; f: number }

export const RELAY_PORT = 'playhead-panel'

export function parseFromRelay(message: unknown): FromRelay | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { r, f, m, denied, message: text } = message as Record<string, unknown>
  if (r === 'scanned') return { r, denied: denied === true, message: String(text ?? '') }
  if (typeof f !== 'number') return undefined
  if (r === 'frame' || r === 'gone') return { r, f }
  return r === 'data' ? { r, f, m } : undefined
}
