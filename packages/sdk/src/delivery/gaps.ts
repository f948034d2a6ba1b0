import type { Gap } from '@playhead/shared/model/gap'

/** Appends, or makes the last one longer. */
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

/** Keeps the order of numbers: an eviction may lie before a pause that nobody was told of yet. */
export function insertGap(gaps: Gap[], gap: Gap): void {
  let i = gaps.length
  while (i > 0 && (gaps[i - 1] as Gap).fromN > gap.fromN) i--
  const before = gaps.slice(0, i)
  appendGap(before, gap)
  gaps.splice(0, i, ...before)
}
