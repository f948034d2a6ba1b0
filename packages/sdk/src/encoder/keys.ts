import { escapeKey } from '@playhead/shared/values/tags'
import { stringify } from '../page/natives'
import type { RedactRule } from '../redaction/redact'
import { utf8 } from './text-writer'

/** Everything there is to know about a property name. */
export interface KeyInfo {
  key: string
  /**
   * `,"key":` as UTF-8, eight bytes in one number, zeros behind: written so it takes a third of the time. None is NaN, which could lose
   * bits: that takes two neighbouring bytes that UTF-8 never has.
   */
  words: Float64Array
  /** Bytes without the zeros. */
  length: number
  /** The rule that redacts its value; empty: none. */
  redact: string
  /** Index of the facet it fills when it is a top-level field, −1: none. */
  facet: number
  /** The name was too long and was cut. */
  cut: boolean
  /** Any of the three above. */
  special: boolean
}

const LONGEST_KEY = 512
const CACHED = 4096

/** Decides once per property name. Bounded: apps use ids as names. */
export class Keys {
  private readonly known = new Map<string, KeyInfo>()

  constructor(
    private readonly rule: RedactRule,
    private readonly facets: readonly string[],
  ) {}

  info(key: string): KeyInfo {
    const known = this.known.get(key)
    if (known !== undefined) return known
    const cut = key.length > LONGEST_KEY
    const shown = cut ? `${key.slice(0, LONGEST_KEY)}… (${key.length} characters)` : escapeKey(key)
    const bytes = utf8(`,${stringify(shown)}:`)
    const padded = new Uint8Array((bytes.length + 7) & ~7)
    padded.set(bytes)
    const words = new Float64Array(padded.buffer)
    const redact = this.redacts(key)
    const facet = this.facets.indexOf(key)
    const special = cut || redact !== '' || facet >= 0
    const info: KeyInfo = { key, words, length: bytes.length, redact, facet, cut, special }
    if (cut) return info
    if (this.known.size >= CACHED) this.known.clear()
    this.known.set(key, info)
    return info
  }

  redacts(key: string): string {
    try {
      return this.rule(key)
    } catch {
      return 'rule failed'
    }
  }
}
