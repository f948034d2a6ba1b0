import { escapeKey } from '@playhead/shared/values/tags'
import { stringify } from '../page/natives'
import type { RedactRule } from '../redaction/redact'
import { utf8 } from './text-writer'

/** Everything that the encoder needs to know about a property name. */
export interface KeyInfo {
  key: string
  /**
   * `,"key":` as UTF-8, padded with zeros, eight bytes in each number: to write it so takes a third of the time. A NaN could lose bits on
   * the way, but none of the numbers is one: that would take two neighbouring bytes that UTF-8 never has.
   */
  words: Float64Array
  /** The number of bytes without the zeros. */
  length: number
  /** The rule that redacts its value; empty where none does. */
  redact: string
  /** Index of the facet whose value it is as a top-level field; −1 where it is none. */
  facet: number
  /** The name was too long and was cut. */
  cut: boolean
  /** One of the three above holds, so that the frequent case asks one question. */
  special: boolean
}

const LONGEST_KEY = 512
const CACHED = 4096

/** Looks up property names and remembers them. It starts anew with 4,096 names, because apps use ids as names. */
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

  /** Returns the rule that redacts the value of `key`; empty where none does. A rule that throws redacts. */
  redacts(key: string): string {
    try {
      return this.rule(key)
    } catch {
      return 'rule failed'
    }
  }
}
