import type { Comparison } from '@playhead/shared/filter/filter'
import { valueAt } from '@playhead/shared/filter/payload-test'
import type { FieldValues } from '../../contract/vocabulary'

/** Different values counted, values told, characters of one, bytes of a payload that is read, steps of a path. */
export const MOST_COUNTED = 5000
const MOST_TOLD = 100
const LONGEST = 200
const LARGEST = 32 * 1024
const MOST_STEPS = 32

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

type FieldValue = Comparison['value']

/** Counts what lies at a path of payloads. */
export class FieldCounts {
  /** Payloads that were parsed. */
  read = 0
  /** None was too large to be read, or left out as too many. */
  whole = true
  private readonly path: readonly string[]
  private readonly counts = new Map<FieldValue, number>()

  /** `wanted`: the values that are counted, by how they are told. */
  constructor(
    path: readonly string[],
    private readonly wanted: (label: string) => boolean = () => true,
  ) {
    this.path = path.slice(0, MOST_STEPS)
  }

  /** The payload within `start … end` (exclusive) of `text`. */
  look(text: Uint8Array, start: number, end: number): void {
    if (end - start > LARGEST) {
      this.whole = false
      return
    }
    this.read++
    let value: unknown
    try {
      value = valueAt(JSON.parse(decoder.decode(text.subarray(start, end))), this.path)
    } catch {
      return
    }
    if (isValue(value) && this.wanted(String(value))) this.add(value, 1)
  }

  /** So many events have it. */
  add(value: FieldValue, events: number): void {
    const known = this.counts.get(value)
    if (known !== undefined) this.counts.set(value, known + events)
    else if (this.counts.size < MOST_COUNTED && !(typeof value === 'string' && value.length > LONGEST))
      this.counts.set(value, events)
  }

  /** Most frequent first. */
  told(): FieldValues['values'] {
    return [...this.counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || ordered(a.value, b.value))
      .slice(0, MOST_TOLD)
  }
}

function isValue(value: unknown): value is FieldValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function ordered(a: FieldValue, b: FieldValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : 1
}
