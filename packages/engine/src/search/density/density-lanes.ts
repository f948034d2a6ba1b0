import type { DensityLane } from '../../contract/density'
import type { LogReader } from '../../log/reader'
import type { Tally } from './density-chunk'

/** Lanes in an answer; the events of all others are in one more lane. */
export const MOST_LANES = 12
/** Producers or sources that are counted by themselves; those with a higher id are counted together. */
const MOST_COUNTED = 255

/**
 * Events in each bucket of time, by producer or by source. The lane of a producer or source is its id:
 *
 *     counts   lane 0: bucket 0, 1, 2 … | lane 1: bucket 0, 1, 2 … | … | lane 255: all others
 */
export class Lanes {
  private constructor(
    readonly column: 'producer' | 'source',
    private readonly nameOf: () => readonly string[],
    private readonly buckets: number,
    private readonly counts = new Uint32Array((MOST_COUNTED + 1) * buckets),
    private readonly totals = new Float64Array(MOST_COUNTED + 1),
  ) {}

  /** Lanes without events for a log; undefined when the request asks for none. */
  static of(reader: LogReader, by: 'producer' | 'source' | 'none', buckets: number): Lanes | undefined {
    if (by === 'none') return undefined
    const names = () => (by === 'source' ? reader.sources : reader.session.producers.map(({ name }) => name))
    return new Lanes(by, names, buckets)
  }

  copy(): Lanes {
    return new Lanes(this.column, this.nameOf, this.buckets, this.counts.slice(), this.totals.slice())
  }

  /** Counts `events` in a bucket for the producer or source with this id. */
  add(id: number, bucket: number, events = 1): void {
    const lane = Math.min(id, MOST_COUNTED)
    this.counts[lane * this.buckets + bucket]! += events
    this.totals[lane]! += events
  }

  /** Counts all events of a tally in one bucket. */
  addWhole({ ids, counts }: Tally, bucket: number): void {
    for (let i = 0; i < ids.length; i++) this.add(ids[i] as number, bucket, counts[i])
  }

  /** The 12 lanes with most events, in the order of their ids, then one for all the others if there are any. */
  answer(): DensityLane[] {
    const { totals, buckets, counts } = this
    const names = this.nameOf()
    const used = [...totals.keys()].filter(lane => lane < MOST_COUNTED && (totals[lane] as number) > 0)
    const shown = new Set(
      used.sort((a, b) => (totals[b] as number) - (totals[a] as number) || a - b).slice(0, MOST_LANES),
    )
    const row = (lane: number) => counts.slice(lane * buckets, (lane + 1) * buckets)
    const lanes = [...shown]
      .sort((a, b) => a - b)
      .map(lane => ({ name: names[lane] ?? '', others: 0, counts: row(lane) }))
    const rest = [
      ...used.filter(lane => !shown.has(lane)),
      ...((totals[MOST_COUNTED] as number) > 0 ? [MOST_COUNTED] : []),
    ]
    if (rest.length === 0) return lanes
    const sum = new Uint32Array(buckets)
    for (const lane of rest) for (const [bucket, events] of row(lane).entries()) sum[bucket]! += events
    const others = rest.length - 1 + (rest.at(-1) === MOST_COUNTED ? Math.max(1, names.length - MOST_COUNTED) : 1)
    return [...lanes, { name: '', others, counts: sum }]
  }
}
