import type { DensityGap } from '../../contract/density'
import type { LogReader } from '../../log/reader'

/** Gaps told at most. */
const MOST = 1000

/** Missing events of a stretch of time, those nearer than `grain` ms as one. */
export function gapRanges(reader: LogReader, from: number, to: number, grain: number): DensityGap[] {
  const ranges: DensityGap[] = []
  const within = reader.gaps.filter(gap => gap.to >= from && gap.from <= to).sort((a, b) => a.from - b.from)
  for (const { from: begin, to: end, count } of within) {
    const last = ranges.at(-1)
    if (last && (begin <= last.to + grain || ranges.length >= MOST)) {
      last.to = Math.max(last.to, end)
      last.count += count
    } else ranges.push({ from: begin, to: end, count })
  }
  return ranges
}
