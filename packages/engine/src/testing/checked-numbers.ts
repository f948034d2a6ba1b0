import { expect } from 'vitest'
import type { SessionLog } from '../log/session-log'

/** emitted − base = stored + Σ gaps for each producer; gaps are in order, apart, and hold nothing that is in the log. */
export function checkNumbers(log: SessionLog): void {
  let visible = 0
  for (const { code, info, covered, stored, gaps } of log.logs) {
    expect(covered - info.base).toBe(stored + gaps.count)
    expect(gaps.gaps.reduce((sum, gap) => sum + gap.count, 0)).toBe(gaps.count)
    let end = 0
    for (const gap of gaps.gaps) {
      const absent = log.seqOf(code, gap.fromN) === -1 && log.seqOf(code, gap.toN) === -1
      if (gap.fromN <= end || gap.count !== gap.toN - gap.fromN + 1 || !absent) expect(gap).toBe('a right gap')
      end = gap.toN
    }
    visible += stored
  }
  expect(log.stored).toBe(visible)
}

/** Visible events as `producer:n`, in order of seq. */
export function visibleIds(log: SessionLog): string[] {
  const ids: string[] = []
  for (const { firstRow, count, producer, n } of log.chunks) {
    for (let row = firstRow; row < count; row++) ids.push(`${producer[row]}:${n[row]}`)
  }
  return ids
}
