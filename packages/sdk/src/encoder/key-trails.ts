import type { KeyInfo, Keys } from './keys'

/** Property names remembered of one kind of payload. */
export const TRAIL = 64
/** Kinds of payload that have a trail of their own; further ones share them. */
const TRAILS = 256

/** What is remembered of one kind of payload. */
export interface KeyTrail {
  readonly keys: KeyInfo[]
  /** The last payload did not fit, or held a host: the next one is written breadth first at once. */
  wide: boolean
  /** The last payload held a host, so that the budget for those counts. */
  hosts: boolean
  /** How often the budget was halved, because payloads of this kind are slow or cut again and again. */
  halved: number
  /** Payloads in a row that were slow or cut. */
  strikes: number
}

/**
 * The property names of the last payload of each kind, in the order in which they were written. Payloads of one type mostly have the same
 * names in the same order, so that comparing with the name at the same step spares a look-up in a Map:
 *
 *     trail   id      amount   currency                       what the last payload of this type wrote
 *     now     id ✓    amount ✓ note ✗ → looked up, and remembered in place of `currency`
 */
export class KeyTrails {
  private readonly trails: (KeyTrail | undefined)[] = new Array(TRAILS).fill(undefined)

  constructor(private readonly keys: Keys) {}

  /** The trail of the payloads that share the number `like`; the encoder overwrites what differs. A new one holds a name as good as any. */
  of(like: number): KeyTrail {
    const at = like % TRAILS
    return (this.trails[at] ??= {
      keys: new Array(TRAIL).fill(this.keys.info('')),
      wide: false,
      hosts: false,
      halved: 0,
      strikes: 0,
    })
  }
}
