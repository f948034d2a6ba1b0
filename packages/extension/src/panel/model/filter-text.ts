import type { Filter, PayloadTest } from '@playhead/shared/filter/filter'
import { LEVELS, type Level } from '@playhead/shared/model/event'

/** A part of the filter box that says nothing the filter understands. */
export interface FilterProblem {
  from: number
  to: number
  message: string
}

export interface ParsedFilter {
  filter: Filter
  problems: FilterProblem[]
}

const PAYLOAD = /^payload\.([^<>=]+)(=|<=|>=|<|>)(.*)$/
const TOKEN = /(-?)((?:[A-Za-z][\w.]*[:<>=]+)?)(?:"((?:[^"\\]|\\.)*)"?|(\S+))/g
const NAMES = ['type', 'source', 'level', 'is', 'take', 'payload.…']

/**
 * What the user typed as a filter: `type:row:*`, `-type:Tick`, `source:core`, `level:state`, `is:root`, `is:error`, `take:1`,
 * `payload.rowId=17`; everything else searches. What is not understood is named and left out: it never empties the list.
 */
export function parseFilterText(text: string): ParsedFilter {
  const filter: Filter = {}
  const problems: FilterProblem[] = []
  for (const match of text.matchAll(TOKEN)) {
    const [whole, minus = '', head = '', quoted, plain = ''] = match
    const value = quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1')
    const message = add(filter, minus === '-', head, value, whole)
    if (message) problems.push({ from: match.index, to: match.index + whole.length, message })
  }
  return { filter, problems }
}

function add(filter: Filter, not: boolean, head: string, value: string, whole: string): string | undefined {
  const payload = PAYLOAD.exec(`${head}${value}`)
  if (payload && !not) {
    ;(filter.payload ??= []).push(payloadTest(payload[1] as string, payload[2] as PayloadTest['op'], payload[3] ?? ''))
    return undefined
  }
  const name = head.replace(/[:<>=]+$/, '')
  const rest = `${head.slice(name.length + 1)}${value}`
  switch (name) {
    case 'type':
      return addTo(filter, not ? 'notTypes' : 'types', rest)
    case 'source':
      return addTo(filter, not ? 'notSources' : 'sources', rest)
    case 'level': {
      if (not || !LEVELS.includes(rest as Level)) return `level takes ${LEVELS.join(', ')}`
      filter.level = rest as Level
      return undefined
    }
    case 'is':
      if (!not && rest === 'root') filter.roots = true
      else if (!not && rest === 'error') (filter.flags ??= []).push('threw')
      else if (!not && (rest === 'truncated' || rest === 'redacted')) (filter.flags ??= []).push(rest)
      else return 'is takes root, error, truncated or redacted'
      return undefined
    case 'take':
      if (not || !/^\d+$/.test(rest)) return 'take takes a number, 0 is the recording'
      ;(filter.takes ??= []).push(Number(rest))
      return undefined
  }
  if (not) return `- works with type: and source:`
  if (/^[a-z]+:$/.test(head)) return `${head} is not known; there are ${NAMES.join(', ')}`
  const word = head && value !== whole ? `${head}${value}` : value
  if (word) (filter.text ??= []).push(word)
  return undefined
}

function addTo(
  filter: Filter,
  list: 'types' | 'notTypes' | 'sources' | 'notSources',
  glob: string,
): string | undefined {
  if (!glob) return 'a name is missing'
  ;(filter[list] ??= []).push(glob)
  return undefined
}

function payloadTest(path: string, op: PayloadTest['op'], text: string): PayloadTest {
  const parsed = text === 'true' ? true : text === 'false' ? false : text === 'null' ? null : Number(text)
  const value = typeof parsed === 'number' && (Number.isNaN(parsed) || text.trim() === '') ? text : parsed
  return { path: path.split('.'), op, value }
}
