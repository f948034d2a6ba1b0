import type { KeyInfo, Keys } from './keys'

/** Property names remembered of one kind of payload. */
export const TRAIL = 64
/** Kinds of payload that have a trail of their own; further ones share them. */
const TRAILS = 256

/**
 * The property names of the last payload of each kind, in the order in which they were written. Payloads of one type mostly have the same
 * names in the same order, so that comparing with the name at the same step spares a look-up in a Map:
 *
 *     trail   id      amount   currency                       what the last payload of this type wrote
 *     now     id ✓    amount ✓ note ✗ → looked up, and remembered in place of `currency`
 */
export class KeyTrails {
  private readonly trails: KeyInfo[][] = []

  constructor(private readonly keys: Keys) {
    for (let i = 0; i < TRAILS; i++) this.trails.push([])
  }

  /** The trail of the payloads that share the number `like`; the encoder overwrites what differs. A new one holds a name as good as any. */
  of(like: number): KeyInfo[] {
    const at = like % TRAILS
    const trail = this.trails[at] as KeyInfo[]
    return trail.length > 0 ? trail : (this.trails[at] = new Array(TRAIL).fill(this.keys.info('')))
  }
}
