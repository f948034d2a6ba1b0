import { valueAt } from '@playhead/shared/filter/payload-test'
import { parseExact } from '@playhead/shared/values/exact'
import { plainText } from '@playhead/shared/values/plain'
import { NO_FACET } from '@playhead/shared/wire/columns'
import type { ExtraColumn } from '../../contract/view'
import { payloadRange } from '../../log/event-row'
import type { LogChunk } from '../../log/reader'

/** Characters of one cell, at most; a longer one ends with `…`. */
const LONGEST = 120
/** Columns that a page of rows may ask for, at most. */
export const MOST_COLUMNS = 30
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * One cell of text per column for an event; empty where the event has no value. `text` is the chunk's payload text, undefined where it is
 * lost.
 */
export function extraCells(
  columns: readonly ExtraColumn[],
  chunk: LogChunk,
  row: number,
  text: Uint8Array | undefined,
): string[] {
  const payload = columns.some(column => 'payload' in column) && text ? parse(chunk, row, text) : undefined
  return columns.map(column =>
    shown('facet' in column ? facetOf(chunk, row, column.facet) : valueAt(payload, column.payload)),
  )
}

/** The value of a facet in one row; undefined when it has none. A facet may have a column of numbers and one of texts: a number wins. */
export function facetOf({ facets }: LogChunk, row: number, name: string): string | number | undefined {
  let found: string | undefined
  for (const facet of facets) {
    if (facet.name !== name) continue
    if (facet.form === 'number') {
      const value = facet.values[row] as number
      if (!Number.isNaN(value)) return value
    } else if (facet.codes[row] !== NO_FACET) found = facet.values[facet.codes[row] as number]
  }
  return found
}

/** The payload as plain JSON; undefined when it is not JSON. */
function parse(chunk: LogChunk, row: number, text: Uint8Array): unknown {
  try {
    return parseExact(decoder.decode(text.subarray(...payloadRange(chunk, row))))
  } catch {
    return undefined
  }
}

function shown(value: unknown): string {
  if (value === undefined) return ''
  const text = plainText(value)
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}
