import type { DensityGap } from '../../contract/density'
import type { LogReader } from '../../log/reader'

/** Ranges in one answer, at most: further gaps become part of the last one. */
const MOST = 1000

/** The gaps between `from` and `to` (session ms) as ranges of time. Gaps that are less than `grain` ms apart become one range. */
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
