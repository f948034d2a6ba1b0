/**
 * The handshake on `window`. Either side may start and may repeat:
 *
 *     SDK     → window   { playhead: 'sdk', wire, recorder }                 "I am here"; answered by an offer if somebody listens
 *     bridge  → window   { playhead: 'offer', wire, nonce }                  "a panel listens"
 *     SDK     → window   { playhead: 'port', wire, nonce, recorder } + port  one per recorder; replaces that recorder's old port
 *
 * Everything later goes over the port, but for one synchronous CustomEvent named `pagehideEvent(nonce)` on `window` whose detail is
 * `{ recorder, data: ArrayBuffer }`: the last unsent batch. In the standalone panel the offer comes from the parent or opener window
 * of an expected origin, and the port goes there.
 */
export type WindowMessage =
  | { playhead: 'sdk'; wire: number; recorder: string }
  | { playhead: 'offer'; wire: number; nonce: string }
  | { playhead: 'port'; wire: number; nonce: string; recorder: string }

/** Returns the name of the event by which the last batch comes. */
export function pagehideEvent(nonce: string): string {
  return `playhead:${nonce}`
}

const NONCE = /^[0-9a-f]{32}$/

/** Returns a message of the handshake; undefined where `data` is none, and belongs to the page. */
export function parseWindowMessage(data: unknown): WindowMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { playhead, wire, nonce, recorder } = data as Record<string, unknown>
  if (typeof wire !== 'number') return undefined
  const named = typeof recorder === 'string' && recorder.length <= 64
  const known = typeof nonce === 'string' && NONCE.test(nonce)
  if (playhead === 'sdk' && named) return { playhead, wire, recorder }
  if (playhead === 'offer' && known) return { playhead, wire, nonce }
  if (playhead === 'port' && known && named) return { playhead, wire, nonce, recorder }
  return undefined
}
