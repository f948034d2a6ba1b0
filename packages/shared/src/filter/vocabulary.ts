import { KINDS, LEVELS } from '../model/event'
import type { Has, Is, TermKey } from './filter'

export const IS: readonly Is[] = [
  ...(['error', 'root', 'bookmarked', 'input', 'threw', 'truncated', 'redacted', 'misfit'] as const),
  ...(['observedOnly', 'overflow', 'opaque'] as const),
]
export const HAS: readonly Has[] = ['gap', 'cause', 'state']

/** One `key:value` of the filter box, as help and completion show it. `values`: all there are. */
export interface KeyHelp {
  key: Exclude<TermKey, 'text' | 'regex' | 'payload' | 'facet'>
  example: string
  does: string
  values?: readonly string[]
}

export const KEYS: readonly KeyHelp[] = [
  { key: 'type', example: 'type:row:*', does: 'types by name, * for anything' },
  { key: 'source', example: 'source:plugin:*', does: 'who emitted it' },
  { key: 'level', example: 'level:state', does: 'this level and those before it', values: LEVELS },
  { key: 'kind', example: 'kind:decision', does: 'what sort of event', values: KINDS },
  { key: 'after', example: 'after:12.5s', does: 'from this time after the start on' },
  { key: 'before', example: 'before:1m30s', does: 'up to this time after the start' },
  { key: 'is', example: 'is:error', does: 'what an event is', values: IS },
  { key: 'has', example: 'has:gap', does: 'what an event has', values: HAS },
  { key: 'mark', example: 'mark:"day 2"', does: 'inside a day, turn, run or phase' },
  { key: 'cause', example: 'cause:#812', does: 'what this event caused' },
  { key: 'chain', example: 'chain:#812', does: 'the whole tree this event belongs to' },
  { key: 'take', example: 'take:2', does: 'a replay instead of the recording, * for all' },
  { key: 'producer', example: 'producer:worker*', does: 'the page, frame or worker by its name' },
]

/** The ones that are not `key:value`. */
export const FORMS: readonly { example: string; does: string }[] = [
  { example: 'settled', does: 'words in the payload or the type' },
  { example: '"two words"', does: 'exactly this' },
  { example: '/tx-\\d+/i', does: 'a regular expression' },
  { example: 'payload.rowId=17', does: 'a value in the payload: = != < <= > >=' },
  { example: 'agentId=BANK_A', does: 'a facet of the app' },
  { example: '-type:tick', does: 'not this' },
  { example: 'type:a|b', does: 'any of these' },
]

export function keyHelp(key: string): KeyHelp | undefined {
  return KEYS.find(help => help.key === key)
}
