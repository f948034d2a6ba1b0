import type { Term, TermKey } from '../filter'
import { causeTerm, chainTerm } from './cause'
import { facetTerm, payloadTerm } from './comparison'
import type { KeyName, TermDefinition } from './definition'
import { hasTerm } from './has'
import { isTerm } from './is'
import { kindTerm } from './kind'
import { levelTerm } from './level'
import { markTerm, producerTerm, sourceTerm, typeTerm } from './names'
import { regexTerm } from './regex'
import { slowTerm } from './slow'
import { takeTerm } from './take'
import { textTerm } from './text'
import { afterTerm, beforeTerm } from './time'

type KeyTerms = { readonly [K in KeyName]: TermDefinition<K> }

/** The kinds of term that are written `key:value`, in the order in which completion offers them. */
const KEY_TERMS: KeyTerms = {
  type: typeTerm,
  source: sourceTerm,
  level: levelTerm,
  kind: kindTerm,
  after: afterTerm,
  before: beforeTerm,
  slow: slowTerm,
  is: isTerm,
  has: hasTerm,
  mark: markTerm,
  cause: causeTerm,
  chain: chainTerm,
  take: takeTerm,
  producer: producerTerm,
}

/** Every kind of term there is: one that `TermData` names and that is missing here does not compile. */
export const TERMS: { readonly [K in TermKey]: TermDefinition<K> } = {
  ...KEY_TERMS,
  text: textTerm,
  regex: regexTerm,
  payload: payloadTerm,
  facet: facetTerm,
}

/** The keys in the order in which completion offers them. */
export const KEY_NAMES = Object.keys(KEY_TERMS) as readonly KeyName[]

/** Tells whether a term is written with this key. */
export function isKeyName(key: string): key is KeyName {
  return Object.hasOwn(KEY_TERMS, key)
}

/** Returns the definition of a term's kind. */
export function definitionOf<K extends TermKey>(term: Term<K>): TermDefinition<K> {
  return TERMS[term.key as K]
}
