import { RECORDING } from '@playhead/shared/model/event'
import type { LogChunk } from '../../log/reader'
import type { Turns } from '../../tasks/turns'
import { FieldCounts } from './field-counts'
import type { Seeker } from './seeker'

/** Counts the values of a facet that begin with some letters, in either case, by reading the facet's column. */
export class FacetsFrom implements Seeker {
  readonly counts = new FieldCounts([])
  readonly isFull = false

  /** `letters` are in lower case. */
  constructor(
    private readonly name: string,
    private readonly letters: string,
  ) {}

  async look({ facets, take, firstRow, count }: LogChunk, turns: Turns): Promise<void> {
    for (const column of facets) {
      if (column.name !== this.name) continue
      if (column.form === 'text') {
        const { codes } = column
        const events = new Uint32Array(column.values.length)
        for (let row = firstRow; row < count; row++) {
          const code = codes[row] as number
          if (code < events.length && take[row] === RECORDING) events[code]!++
        }
        for (const [code, value] of column.values.entries()) {
          if (events[code] && this.begins(value)) this.counts.add(value, events[code] as number)
          if (turns.due) await turns.next()
        }
      } else {
        for (let row = firstRow; row < count; row++) {
          const value = column.values[row] as number
          if (!Number.isNaN(value) && take[row] === RECORDING && this.begins(String(value))) this.counts.add(value, 1)
          if (turns.due) await turns.next()
        }
      }
    }
  }

  private begins(label: string): boolean {
    return label.toLowerCase().startsWith(this.letters)
  }
}
