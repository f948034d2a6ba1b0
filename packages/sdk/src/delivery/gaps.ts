import type { Gap } from '@playhead/shared/model/gap'

/** Appends a gap, or makes the last one longer where it ends just before it for the same reason. */
export function appendGap(gaps: Gap[], gap: Gap): void {
  const last = gaps[gaps.length - 1]
  if (last === undefined || last.reason !== gap.reason || last.toN + 1 !== gap.fromN) {
    gaps.push({ ...gap })
    return
  }
  last.toN = gap.toN
  last.count += gap.count
  last.to = Math.max(last.to, gap.to)
}

/** Puts a gap where its numbers belong: events that are evicted may lie before a pause that no engine was told of yet. */
export function insertGap(gaps: Gap[], gap: Gap): void {
  let i = gaps.length
  while (i > 0 && (gaps[i - 1] as Gap).fromN > gap.fromN) i--
  const before = gaps.slice(0, i)
  appendGap(before, gap)
  gaps.splice(0, i, ...before)
}
