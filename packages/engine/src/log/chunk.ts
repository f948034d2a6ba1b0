import { CHUNK_ROWS } from '@playhead/shared/model/event'
import { COLUMN_NAMES, makeColumns, newColumns, rowBytes } from '@playhead/shared/wire/column-set'
import type { Columns } from '@playhead/shared/wire/column-table'
import type { Chunk, EventColumns, FacetColumn } from '@playhead/shared/wire/columns'
import { extrasOf } from '@playhead/shared/wire/extras'
import type { LogChunk } from './reader'
import { usedNames } from './string-table'

/** Bytes that one row takes in all columns. */
const ROW_BYTES = rowBytes(COLUMN_NAMES)
/** A chunk is sealed before it is full of rows when its text and sparse lists have so many bytes. */
export const CHUNK_BYTES = 4 << 20
/** Bytes of room for text that a new chunk has. */
const FIRST_TEXT = 64 << 10

/** The columns of the table as members of an object. Assigned in one order, so that all chunks have one hidden class. */
const ColumnMembers = class {
  constructor(columns: Columns) {
    Object.assign(this, columns)
  }
} as new (
  columns: Columns,
) => Columns

/**
 * A chunk of the log in memory. While it grows ("hot") its columns are longer than `count`:
 *
 *     n, time, type, …   [ rows 0 … count−1 | room up to 4,096 ]
 *     buffer             [ text of rows 0 … count−1 | room, doubled when full ]
 *
 *     hot ── full: seal ──▶ sealed ── written ──▶ persisted ── memory is short ──▶ its text is dropped, and read again when needed
 *
 * Rows before `firstRow` were evicted: they are in the columns, and must be seen nowhere.
 */
export class MemoryChunk extends ColumnMembers implements LogChunk {
  firstRow = 0
  count = 0
  minTime = Number.POSITIVE_INFINITY
  maxTime = Number.NEGATIVE_INFINITY
  monotonic = true
  sealed = false
  /** True: head and body are on disk. */
  persisted = false
  /** Bytes of head and body on disk. */
  diskBytes = 0
  /** Bytes of the compressed body, on disk or in memory; 0 where it is not compressed. */
  packedBytes = 0
  /** True: it stands for a chunk that was lost. All its rows are hidden. */
  hollow = false
  /** Bytes of facets and sparse lists, roughly. */
  extraBytes = 0
  facets: FacetColumn[] = []
  moreCauses: EventColumns['moreCauses'] = []
  patches: EventColumns['patches'] = []
  foreignIds: EventColumns['foreignIds'] = []
  artifacts: EventColumns['artifacts'] = []
  originalSizes: EventColumns['originalSizes'] = []
  unknown: EventColumns['unknown'] = []
  /** Codes of the values of each text facet, while the chunk is hot. */
  facetIds = new Map<FacetColumn, Map<string, number>>()
  /** The text, with room after it; undefined where it is not in memory. */
  private buffer: Uint8Array | undefined
  /** The text without that room, as a view. */
  private exact: Uint8Array | undefined
  /** The compressed body, where there is no disk to read it from. */
  private packedBody: ArrayBuffer | undefined

  constructor(
    readonly firstSeq: number,
    columns: Columns,
  ) {
    super(columns)
  }

  /** Makes an empty chunk that grows. */
  static hot(firstSeq: number): MemoryChunk {
    const chunk = new MemoryChunk(firstSeq, newColumns(COLUMN_NAMES, CHUNK_ROWS))
    chunk.buffer = new Uint8Array(FIRST_TEXT)
    return chunk
  }

  /** Makes a chunk of a stored one. `text` undefined: the text stays on disk. */
  static stored(stored: Chunk, text: Uint8Array | undefined): MemoryChunk {
    const chunk = new MemoryChunk(
      stored.meta.firstSeq,
      makeColumns(COLUMN_NAMES, name => stored[name]),
    )
    Object.assign(chunk, extrasOf(stored))
    chunk.count = stored.count
    chunk.sealed = true
    chunk.persisted = true
    chunk.buffer = text
    chunk.extraBytes = extraBytesOf(chunk)
    chunk.measureTimes(0, chunk.count)
    return chunk
  }

  /** Makes the chunk that was open when a session was stored; it goes on growing. */
  static reopened(stored: Chunk, text: Uint8Array): MemoryChunk {
    const chunk = MemoryChunk.hot(stored.meta.firstSeq)
    const { count } = stored
    for (const name of COLUMN_NAMES) chunk[name].set(stored[name])
    chunk.count = count
    chunk.buffer = text
    Object.assign(chunk, extrasOf(stored))
    chunk.facets = stored.facets.map(grownFacet)
    chunk.extraBytes = extraBytesOf(chunk)
    chunk.measureTimes(0, count)
    return chunk
  }

  /** Makes a chunk that stands for `count` rows which were lost, so that seqs stay consecutive. */
  static hollow(firstSeq: number, count: number): MemoryChunk {
    const chunk = new MemoryChunk(firstSeq, newColumns(COLUMN_NAMES, count))
    chunk.count = count
    chunk.firstRow = count
    chunk.hollow = true
    chunk.sealed = true
    chunk.persisted = true
    return chunk
  }

  /** True: it must be sealed. */
  get full(): boolean {
    return this.count === CHUNK_ROWS || this.textBytes + this.extraBytes >= CHUNK_BYTES
  }

  /** Rows that still fit. */
  get room(): number {
    return CHUNK_ROWS - this.count
  }

  /** Bytes of the text, in memory or not. */
  get textBytes(): number {
    return this.count === 0 ? 0 : this.payloadEnds[this.count - 1]!
  }

  /** The text; undefined where it is not in memory. */
  get text(): Uint8Array | undefined {
    if (!this.buffer) return undefined
    const { textBytes } = this
    if (this.exact?.length !== textBytes) this.exact = this.buffer.subarray(0, textBytes)
    return this.exact
  }

  /** Bytes that the chunk takes in memory. */
  get memory(): number {
    return this.n.length * ROW_BYTES + this.extraBytes + this.textInMemory
  }

  /** Bytes of text in memory, as it is or compressed. */
  get textInMemory(): number {
    return (this.buffer?.length ?? 0) + (this.packedBody?.byteLength ?? 0)
  }

  /** The compressed body; undefined where it is not in memory. */
  get packed(): ArrayBuffer | undefined {
    return this.packedBody
  }

  /** Keeps a compressed body in place of the text. */
  pack(body: ArrayBuffer): void {
    this.packedBody = body
    this.packedBytes = body.byteLength
    this.dropText()
  }

  /** Appends text; the rows follow. */
  appendText(bytes: Uint8Array): void {
    const start = this.textBytes
    const end = start + bytes.length
    let buffer = this.buffer as Uint8Array
    if (end > buffer.length) {
      const grown = new Uint8Array(Math.max(end, 2 * buffer.length))
      grown.set(buffer.subarray(0, start))
      this.buffer = buffer = grown
    }
    buffer.set(bytes, start)
    this.exact = undefined
  }

  /** Removes the text from memory. */
  dropText(): void {
    this.buffer = undefined
    this.exact = undefined
  }

  /** Ends growing, and gives back room that is not needed. */
  seal(): void {
    this.sealed = true
    this.facetIds.clear()
    const { textBytes } = this
    if (this.buffer && this.buffer.length > textBytes * 1.25) this.buffer = this.buffer.slice(0, textBytes)
    this.exact = undefined
    if (this.count < CHUNK_ROWS / 2) this.shrink()
  }

  /** Takes the times of rows `from` to `to` (exclusive) into `minTime`, `maxTime` and `monotonic`. */
  measureTimes(from: number, to: number): void {
    const { time } = this
    let { minTime, maxTime, monotonic } = this
    let previous = from > 0 ? time[from - 1]! : Number.NEGATIVE_INFINITY
    for (let row = from; row < to; row++) {
      const at = time[row]!
      if (at < previous) monotonic = false
      if (at < minTime) minTime = at
      if (at > maxTime) maxTime = at
      previous = at
    }
    this.minTime = minTime
    this.maxTime = maxTime
    this.monotonic = monotonic
  }

  /** Returns the chunk in the form that is encoded. The columns are not copied. */
  encodable(names: { types: readonly string[]; sources: readonly string[]; producers: readonly string[] }): Chunk {
    return {
      ...makeColumns(COLUMN_NAMES, name => this[name]),
      ...extrasOf(this),
      count: this.count,
      text: undefined,
      meta: {
        firstSeq: this.firstSeq,
        sealed: this.sealed,
        producers: usedNames(this.producer, this.count, names.producers),
        types: usedNames(this.type, this.count, names.types),
        sources: usedNames(this.source, this.count, names.sources),
      },
    }
  }

  private shrink(): void {
    Object.assign(
      this,
      makeColumns(COLUMN_NAMES, name => this[name].slice(0, this.count)),
    )
    for (const facet of this.facets) {
      if (facet.form === 'text') facet.codes = facet.codes.slice(0, this.count)
      else facet.values = facet.values.slice(0, this.count)
    }
  }
}

function grownFacet(facet: FacetColumn): FacetColumn {
  if (facet.form === 'number') {
    const values = new Float64Array(CHUNK_ROWS).fill(Number.NaN)
    values.set(facet.values)
    return { ...facet, values }
  }
  const codes = new Uint16Array(CHUNK_ROWS).fill(0xffff)
  codes.set(facet.codes)
  return { ...facet, values: [...facet.values], codes }
}

function extraBytesOf({
  facets,
  moreCauses,
  patches,
  foreignIds,
  artifacts,
  originalSizes,
  unknown,
  count,
}: MemoryChunk) {
  let bytes = 32 * (moreCauses.length + foreignIds.length + artifacts.length + originalSizes.length)
  for (const facet of facets) bytes += count * (facet.form === 'text' ? 2 : 8)
  for (const patch of patches) bytes += patch.json.length
  for (const section of unknown) bytes += section.bytes.length
  return bytes
}
