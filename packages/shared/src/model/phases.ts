import type { Mark, SessionInfo } from './session'

/**
 * The stretch from one mark to the next of its kind, of the same producer; to the session's last event where none follows. A baseline is
 * a trial too: either ends where the next one begins. Artifacts are moments, not boundaries.
 */
export interface Phase {
  kind: Mark['kind']
  name: string
  /** Session time, ms. */
  from: number
  to: number
}

/** In order of their beginnings. `end`: session time at which the open ones end. */
export function phasesOf(
  { marks, statistics }: Pick<SessionInfo, 'marks' | 'statistics'>,
  end: number = statistics?.last ?? 0,
): Phase[] {
  const phases: Phase[] = []
  const open = new Map<string, Phase>()
  for (const mark of [...marks].sort((a, b) => a.time - b.time)) {
    if (mark.kind === 'artifact') continue
    const lane = `${mark.producer} ${mark.kind === 'baseline' ? 'trial' : mark.kind}`
    const before = open.get(lane)
    if (before) before.to = mark.time
    const phase = { kind: mark.kind, name: mark.name, from: mark.time, to: Math.max(mark.time, end) }
    open.set(lane, phase)
    phases.push(phase)
  }
  return phases
}

/** ms in all and how often, by kind and name. */
export function durations(
  phases: readonly Phase[],
): Map<string, { kind: string; name: string; ms: number; times: number }> {
  const sums = new Map<string, { kind: string; name: string; ms: number; times: number }>()
  for (const { kind, name, from, to } of phases) {
    const key = `${kind} ${name}`
    const sum = sums.get(key) ?? { kind, name, ms: 0, times: 0 }
    sum.ms += to - from
    sum.times++
    sums.set(key, sum)
  }
  return sums
}
