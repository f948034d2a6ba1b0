import { comparableOf } from '@playhead/shared/filter/compare'
import type { Comparison } from '@playhead/shared/filter/filter'
import { valueAt } from '@playhead/shared/filter/payload-test'
import { parseExact } from '@playhead/shared/values/exact'
import type { FieldValues } from '../../contract/vocabulary'

/** Different values that are counted, at most; further ones are passed over. */
export const MOST_COUNTED = 5000
/** Values in an answer, at most. */
const MOST_TOLD = 100
/** Characters of the longest text that counts as a value. */
const LONGEST = 200
/** Bytes of the largest payload that is parsed. */
const LARGEST = 32 * 1024
/** Keys of a path, at most; the rest of a longer path is ignored. */
const MOST_STEPS = 32

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

type FieldValue = Comparison['value']

/** Counts the values that lie at one path of payloads, or in one facet. */
export class FieldCounts {
  /** Payloads that were parsed. */
  read = 0
  /** The counts are exact: no payload was too large, lost, or left out because there were too many. */
  whole = true
  private readonly path: readonly string[]
  private readonly counts = new Map<FieldValue, number>()

  /** `path`: the keys that lead to the value. `wanted` says by a value's text whether it is counted. */
  constructor(
    path: readonly string[],
    private readonly wanted: (label: string) => boolean = () => true,
  ) {
    this.path = path.slice(0, MOST_STEPS)
  }

  /** Counts the value in the payload at bytes `start … end` (exclusive) of `text`. Objects, arrays and what is not JSON do not count. */
  look(text: Uint8Array, start: number, end: number): void {
    if (end - start > LARGEST) {
      this.whole = false
      return
    }
    this.read++
    let value: FieldValue | undefined
    try {
      value = comparableOf(valueAt(parseExact(decoder.decode(text.subarray(start, end))), this.path))
    } catch {
      return
    }
    if (value !== undefined && this.wanted(String(value))) this.add(value, 1)
  }

  /** Counts a value for so many events. */
  add(value: FieldValue, events: number): void {
    const known = this.counts.get(value)
    if (known !== undefined) this.counts.set(value, known + events)
    else if (this.counts.size < MOST_COUNTED && !(typeof value === 'string' && value.length > LONGEST))
      this.counts.set(value, events)
  }

  /** The values with their counts, the most frequent first; at most 100. */
  told(): FieldValues['values'] {
    return [...this.counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || ordered(a.value, b.value))
      .slice(0, MOST_TOLD)
  }
}

function ordered(a: FieldValue, b: FieldValue): number {
  if (isNumeric(a) && isNumeric(b)) return a < b ? -1 : a > b ? 1 : 0
  return String(a) < String(b) ? -1 : 1
}

function isNumeric(value: FieldValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}
