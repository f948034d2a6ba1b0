import { KINDS, LEVELS } from '@playhead/shared/model/event'
import { MARK_KINDS } from '@playhead/shared/model/session'
import { warnOnce } from './natives'

const list = (names: readonly string[]) => names.map(name => `"${name}"`).join(', ')

/** What would be right, by what is wrong. */
const RIGHT = {
  enabled: 'it takes true or false. The text "false" counts as false, any other text as true',
  level: `"action" is taken. There are ${list(LEVELS)}`,
  kind: `it is left out. There are ${list(KINDS)}`,
  mark: `mark(name, kind, data) takes the kind "custom" instead. There are ${list(MARK_KINDS)}`,
  'filters.include': 'it takes globs, such as ["row:*"]',
  'filters.exclude': 'it takes globs, such as ["row:*"]',
  facets: 'it takes names of payload fields, such as ["orderId"]',
  panelOrigins: 'it takes origins, such as ["http://localhost:5173"]',
  redact: 'it takes false, or { keys: ["iban", /^secret/i] }; what is built in is hidden',
  'type of a query': 'it takes globs, expressions and functions',
  'source of a query': 'it takes globs, expressions and functions',
}
export type Subject = keyof typeof RIGHT

export function explain(subject: Subject, given: unknown): void {
  const shown =
    typeof given === 'string' ? `"${given.slice(0, 40)}"` : typeof given === 'object' ? 'an object' : String(given)
  warnOnce(`${subject}: ${shown} is not known here; ${RIGHT[subject]}.`)
}
