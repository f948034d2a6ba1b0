import { parseExact } from '@playhead/shared/values/exact'
import { plainJson, plainText } from '@playhead/shared/values/plain'
import { CUT_KEY, TAG, unescapeKey } from '@playhead/shared/values/tags'
import { numberCell, textCell } from './csv-cell'

/** Levels of nesting that become columns; a value that lies deeper is one cell of JSON. */
const DEEPEST = 8

/**
 * Calls `take` with the path and the cell of each value inside a payload, such as `payload` or `payload.order.id`. `json` is tagged JSON
 * text; text that is not JSON is one cell. `path` is the path of the payload itself.
 */
export function flatten(json: string, path: string, take: (path: string, cell: string) => void): void {
  let value: unknown
  try {
    value = parseExact(json)
  } catch {
    take(path, textCell(json))
    return
  }
  visit(value, path, 0, take)
}

function visit(value: unknown, path: string, depth: number, take: (path: string, cell: string) => void): void {
  if (typeof value !== 'object' || value === null) take(path, scalar(value))
  else if (Array.isArray(value) || depth >= DEEPEST) take(path, textCell(plainJson(value)))
  else if (Object.hasOwn(value, TAG)) take(path, tagged(value as Record<string, unknown>))
  else {
    const entries = Object.entries(value)
    if (entries.length === 0) take(path, '{}')
    for (const [key, member] of entries)
      visit(member, `${path}.${key === CUT_KEY ? '…' : unescapeKey(key)}`, depth + 1, take)
  }
}

function scalar(value: unknown): string {
  if (typeof value === 'number') return numberCell(value)
  if (typeof value === 'string') return textCell(value)
  return value === null ? '' : String(value)
}

/** The cell of a tagged value, which stands for something that JSON lacks, such as a date or a bigint. */
function tagged(value: Record<string, unknown>): string {
  const { v } = value
  switch (value[TAG]) {
    case 'undefined':
    case 'hole':
      return ''
    case 'number':
    case 'bigint':
      return typeof v === 'string' && /^-?\d{1,5000}$/.test(v) ? v : textCell(String(v))
    default:
      return textCell(plainText(value))
  }
}
