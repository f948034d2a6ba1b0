import type { Keyframe, Mark } from '@playhead/shared/model/session'
import { newColumns, PAGE_COLUMNS } from '@playhead/shared/wire/column-set'
import type { BatchMeta, LateFact, MoreCause, StringTable } from '@playhead/shared/wire/columns'

export const BATCH_ROWS = 256
/** Payload text after which a batch is closed: with one more event of the largest size it stays below the wire's limit. */
export const BATCH_TEXT = 240 * 1024

/**
 * One batch before it is bytes: preallocated columns, the text of its payloads, and what else belongs to it. Event numbers have no holes
 * from `firstN` on. Filled by the journal, kept as it is by the buffer, and filled again after that: fresh memory is what costs most in
 * a page.
 */
export class Rows {
  count = 0
  firstN = 0
  readonly columns = newColumns(PAGE_COLUMNS, BATCH_ROWS)
  /** Raw facet values: index `facet * BATCH_ROWS + row`. */
  readonly facetValues: unknown[]
  types: StringTable = []
  sources: StringTable = []
  moreCauses: MoreCause[] = []
  originalSizes: { row: number; bytes: number }[] = []
  keyframes: Keyframe[] = []
  late: LateFact[] = []
  marks: Mark[] = []
  /** Set when it is closed. */
  meta: BatchMeta | undefined
  text: Uint8Array = NO_BYTES

  constructor(readonly facets: readonly string[]) {
    this.facetValues = new Array(facets.length * BATCH_ROWS).fill(undefined)
  }

  get empty(): boolean {
    return this.count === 0 && this.keyframes.length === 0 && this.late.length === 0 && this.marks.length === 0
  }

  /** Empties it; the columns keep what they hold until they are written again. */
  clear(): void {
    this.count = 0
    this.types = []
    this.sources = []
    this.moreCauses = []
    this.originalSizes = []
    this.keyframes = []
    this.late = []
    this.marks = []
    if (this.facets.length > 0) this.facetValues.fill(undefined)
  }
}

const NO_BYTES = new Uint8Array(0)
