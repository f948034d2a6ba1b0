import { escapeKey } from '@playhead/shared/values/tags'
import { stringify } from '../natives'
import type { RedactRule } from '../redact'
import { utf8 } from './text-writer'

/** Everything there is to know about a property name. */
export interface KeyInfo {
  key: string
  /** `,"key":` as UTF-8. */
  bytes: Uint8Array
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
    const redact = this.redacts(key)
    const facet = this.facets.indexOf(key)
    const info: KeyInfo = { key, bytes, redact, facet, cut, special: cut || redact !== '' || facet >= 0 }
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
