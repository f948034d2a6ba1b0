import { isErrorName } from '@playhead/shared/filter/filter'
import { Flag, RECORDING } from '@playhead/shared/model/event'
import type { Density, DensityRequest } from '../../contract/density'
import type { LogChunk, LogReader } from '../../log/reader'
import { nextTask } from '../../tasks/next-task'
import { NameTable } from '../terms/name-table'
import { type ChunkCounts, countsOf, type Takes } from './density-chunk'
import { gapRanges } from './density-gaps'
import { Lanes } from './density-lanes'

/** ms of work after which other tasks of the thread get their turn. */
const SLICE = 8
/** Buckets of an answer, at most. */
export const MOST_BUCKETS = 4096
/** Groups of an answer, at most. */
export const MOST_GROUPS = 64

/** Numbers that a take may have. */
const TAKES = 0x10000

/**
 * Counts events over time: a stretch of time is cut into equal buckets, and the events in each bucket are counted by group of types, by
 * producer or source, and as errors.
 *
 *     time      from ├────┬────┬────┬────┬────┤ to         5 buckets
 *     chunks          ▓▓▓▓▓▓ ▓▓▓ ▓▓▓▓▓▓▓ ▓▓▓▓▓▓▓▓▓▓▓
 *                     │      └ within one bucket: added from its counts
 *                     └ across buckets: read row by row
 *
 * A chunk outside of the stretch is passed over, one within a single bucket is added from its counts (`density-chunk.ts`), and only the
 * others are read row by row. What was counted of sealed chunks is kept as long as the same question is asked, so that in a live session
 * an answer costs little more than the rows of the chunk that grows. A later call ends the one under way, whose answer is null.
 */
export class DensityCounter {
  /** Number of the latest call. */
  private latest = 0
  private readonly errorTypes = new NameTable(isErrorName)

  /** `part` has the counts of all sealed chunks below seq `next`, for the question that `key` stands for. */
  private memo: { key: string; part: CountedStretch; next: number } | undefined
  /** The takes of the last question. */
  private takes = { key: '', mask: new Uint8Array(TAKES) }
  /** Counts up with every late fact, since that may make any event an error. */
  private facts = 0

  constructor(private readonly reader: LogReader) {
    reader.onChange(({ t }) => {
      if (t === 'changed') this.facts++
    })
  }

  /** Resolves with null when another call was made before this one was answered. */
  async count(request: DensityRequest): Promise<Density | null> {
    const turn = ++this.latest
    const { reader } = this
    const buckets = whole(request.buckets, 1, MOST_BUCKETS)
    const { from, to } = request
    // Types for which the panel has no group yet are counted in the last one, and named in the answer.
    const most = groupCount(request.groups)
    const groupOf = groupTable(request.groups, most)
    const takes = this.takesOf(request.takes ?? [RECORDING])
    const memo = this.remembered(request, () => {
      return new CountedStretch(from, to, buckets, most, groupOf, takes, Lanes.of(reader, request.lanes, buckets))
    })
    let part = memo.part
    const byType: number[] = []
    let first = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    let until = performance.now() + SLICE
    // Chunks may come and go between two slices, so some events are counted twice or not at all; the next answer has them right.
    for (const chunk of [...reader.chunks]) {
      const counts = countsOf(chunk, takes)
      if (counts.total > 0) {
        first = Math.min(first, counts.from)
        last = Math.max(last, counts.to)
        const { ids, counts: each } = counts.types
        for (let i = 0; i < ids.length; i++) {
          const id = ids[i] as number
          byType[id] = (byType[id] ?? 0) + (each[i] as number)
        }
      }
      if (chunk.firstSeq >= memo.next && counts.total > 0) {
        if (!chunk.sealed) part = part.copy()
        part.add(chunk, counts, this.errorTypes.upTo(reader.types))
      }
      if (chunk.sealed) memo.next = Math.max(memo.next, chunk.firstSeq + chunk.count)
      if (performance.now() < until) continue
      await nextTask()
      if (turn !== this.latest) return null
      until = performance.now() + SLICE
    }
    if (part === memo.part) part = part.copy()
    const { types } = reader
    return {
      from,
      to,
      buckets,
      groups: most,
      counts: part.counts,
      errors: part.errors,
      gaps: gapRanges(reader, from, to, (to - from) / buckets),
      lanes: part.lanes?.answer() ?? [],
      first: first <= last ? first : 0,
      last: first <= last ? last : 0,
      types: types.slice(request.groups.length),
      byType: Uint32Array.from(types, (_, id) => byType[id] ?? 0),
    }
  }

  /** The mask of these takes: the same object as long as the same takes are asked for. */
  private takesOf(takes: readonly number[]): Takes {
    const key = takes.join()
    if (this.takes.key === key) return this.takes.mask
    const mask = new Uint8Array(TAKES)
    for (const take of takes) mask[take] = 1
    this.takes = { key, mask }
    return mask
  }

  /** The counts kept for this question, or empty ones that are kept from now on. */
  private remembered(request: DensityRequest, make: () => CountedStretch) {
    const key = `${this.facts} ${this.reader.firstSeq} ${keyOf(request)}`
    if (this.memo?.key !== key) this.memo = { key, part: make(), next: -1 }
    return this.memo
  }
}

function keyOf({ from, to, buckets, groups, lanes, takes = [RECORDING] }: DensityRequest): string {
  return [from, to, buckets, lanes, groups.join(), takes.join()].join(' ')
}

/** The counts of one stretch of time. */
class CountedStretch {
  /** Events by bucket, and within it by group: `counts[bucket * groups + group]`. */
  counts: Uint32Array
  /** Errors by bucket. */
  errors: Uint32Array
  /** Buckets per ms. */
  private readonly scale: number

  constructor(
    private readonly from: number,
    private readonly to: number,
    private readonly buckets: number,
    private readonly groups: number,
    private readonly groupOf: Uint8Array,
    private readonly takes: Takes,
    public lanes: Lanes | undefined,
  ) {
    this.counts = new Uint32Array(buckets * groups)
    this.errors = new Uint32Array(buckets)
    this.scale = to > from ? buckets / (to - from) : 0
  }

  copy(): CountedStretch {
    const { from, to, buckets, groups, groupOf, takes, lanes } = this
    const part = new CountedStretch(from, to, buckets, groups, groupOf, takes, lanes?.copy())
    part.counts = this.counts.slice()
    part.errors = this.errors.slice()
    return part
  }

  /** Counts what of a chunk lies in the stretch. `errorTypes` has a 1 for each type id whose name says that it is an error. */
  add(chunk: LogChunk, counts: ChunkCounts, errorTypes: Uint8Array): void {
    if (counts.to < this.from || counts.from > this.to) return
    const inside = counts.from >= this.from && counts.to <= this.to
    const bucket = this.bucketOf(counts.from)
    if (inside && bucket === this.bucketOf(counts.to)) this.addWhole(chunk, counts, errorTypes, bucket)
    else this.addRows(chunk, errorTypes)
  }

  private bucketOf(time: number): number {
    return Math.min(this.buckets - 1, Math.floor((time - this.from) * this.scale))
  }

  /** Counts a chunk all of whose events lie in bucket `at`. */
  private addWhole(chunk: LogChunk, { types, sources, producers }: ChunkCounts, errorTypes: Uint8Array, at: number) {
    const { counts, errors, groups, groupOf, takes, lanes } = this
    for (let i = 0; i < types.ids.length; i++) {
      const id = types.ids[i] as number
      const events = types.counts[i] as number
      counts[at * groups + (groupOf[id] as number)]! += events
      if (errorTypes[id]) errors[at]! += events
    }
    lanes?.addWhole(lanes.column === 'source' ? sources : producers, at)
    // Flags may change after a chunk was counted, so they are read every time.
    const { flags, type, take, firstRow, count } = chunk
    for (let row = firstRow; row < count; row++) {
      if (((flags[row] as number) & Flag.threw) === 0 || errorTypes[type[row] as number]) continue
      if (takes[take[row] as number] !== 0) errors[at]! += 1
    }
  }

  /** Counts the events of a chunk that lie in the stretch, row by row. */
  private addRows(chunk: LogChunk, errorTypes: Uint8Array): void {
    const { from, to, scale, counts, errors, groups, groupOf, takes, lanes } = this
    const { time, type, take, flags, firstRow, count } = chunk
    const most = this.buckets - 1
    const lane = lanes && chunk[lanes.column]
    for (let row = firstRow; row < count; row++) {
      const at = time[row] as number
      if (takes[take[row] as number] === 0 || at < from || at > to) continue
      let bucket = ((at - from) * scale) | 0
      if (bucket > most) bucket = most
      const id = type[row] as number
      counts[bucket * groups + (groupOf[id] as number)]! += 1
      if (errorTypes[id] || ((flags[row] as number) & Flag.threw) !== 0) errors[bucket]! += 1
      if (lane) lanes.add(lane[row] as number, bucket)
    }
  }
}

/** How many groups an answer has: those that the request names, and one for the types that it names no group for. */
export function groupCount(groups: readonly number[]): number {
  return whole(groups.reduce((highest, group) => Math.max(highest, group), 0) + 2, 2, MOST_GROUPS)
}

/** The group of each type, by type id. `count` is the number of groups (`groupCount`); types without a group are in the last one. */
export function groupTable(groups: readonly number[], count: number): Uint8Array {
  const table = new Uint8Array(0x10000).fill(count - 1)
  for (let id = 0; id < Math.min(groups.length, 0x10000); id++) table[id] = whole(groups[id] as number, 0, count - 1)
  return table
}

/** The number as an integer of `least … most` (inclusive); `least` when it is not finite. */
export function whole(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.floor(Number.isFinite(value) ? value : least)))
}
