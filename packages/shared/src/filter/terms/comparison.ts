import { parseExact } from '../../values/exact'
import { comparesToFacet } from '../compare'
import type { Comparison } from '../filter'
import { passes } from '../payload-test'
import { comparisonText, quoted, stepText } from '../value-text'
import type { Mistake, TermDefinition, Written } from './definition'

export const payloadTerm: TermDefinition<'payload'> = {
  help: { example: 'payload.rowId=17', does: 'a value in the payload: = != < <= > >=' },
  parse: written => {
    const compared = comparisonOf(written)
    return 'message' in compared ? compared : { key: 'payload', path: written.path.slice(1), ...compared }
  },
  print: term => `${pathText(term.path)}${comparisonText(term)}`,
  holds: (term, event) => passes(term, parsed(event.text)),
  complete: ({ paths }) =>
    paths.map(({ path, count }) => {
      const head = `${pathText(path)}=`
      return { text: head, label: head, sort: 'path', does: 'field of payloads', count }
    }),
}

export const facetTerm: TermDefinition<'facet'> = {
  help: { example: 'agentId=BANK_A', does: 'a facet of the app' },
  parse: written => {
    const compared = comparisonOf(written)
    return 'message' in compared ? compared : { key: 'facet', name: written.path.join('.'), ...compared }
  },
  print: term => `${facetText(term.name)}${comparisonText(term)}`,
  holds: (term, event) => {
    const value = Object.hasOwn(event.facets, term.name) ? event.facets[term.name] : undefined
    return [value].flat().some(one => one !== undefined && comparesToFacet(term, one))
  },
  complete: ({ facets }) =>
    facets.map(({ name, count }) => ({
      ...{ text: `${facetText(name)}=`, label: `${name}=`, sort: 'facet' as const, does: 'facet', count },
    })),
}

/** Tells whether a path leads to a field of payloads. Otherwise it names a facet. */
export function isPayloadPath([first, ...rest]: readonly string[]): boolean {
  return first === 'payload' && rest.length > 0
}

function pathText(path: readonly string[]): string {
  return ['payload', ...path].map(stepText).join('.')
}

function facetText(name: string): string {
  return /^\d/.test(name) ? quoted(name) : stepText(name)
}

function comparisonOf({ path, op, value, quoted }: Written<'facet'>): Comparison | Mistake {
  const name = path.join('.')
  if (value === '' && !quoted) return { message: `${name}${op} needs a value, as in ${name}${op}17` }
  const compared: Comparison = { op, value: quoted ? value : bareValue(value) }
  if (op !== '=' && op !== '!=' && !isOrdered(compared.value)) {
    return { message: `${op} compares numbers and dates`, instead: `${name}=${value}` }
  }
  return compared
}

function bareValue(text: string): Comparison['value'] {
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  // A BigInt as people write it, and whole numbers that a JavaScript number cannot hold.
  if (/^-?\d{1,5000}n$/.test(text)) return BigInt(text.slice(0, -1))
  if (/^-?\d{16,5000}$/.test(text) && !Number.isSafeInteger(Number(text))) return BigInt(text)
  return /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

/** Numbers are ordered, and dates in the order of ISO 8601: `2026-01-02`, `2026-01-02T03:04`. */
function isOrdered(value: Comparison['value']): boolean {
  if (typeof value === 'string') return /^\d{4}-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?)?$/.test(value)
  return typeof value === 'number' || typeof value === 'bigint'
}

function parsed(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}
