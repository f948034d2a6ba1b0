import type { Mark, SessionInfo } from './session'

/**
 * The time from one mark to the next one of its kind and producer or, where none follows, to the session's last event. A baseline is a
 * trial that others are compared with, so it ends where the next trial or baseline begins. Artifacts are moments and bound no phase.
 */
export interface Phase {
  kind: Mark['kind']
  name: string
  /** Session time in ms. */
  from: number
  to: number
}

/** Returns the phases in the order of their beginnings. `end` is the session time in ms at which phases end that no mark ends. */
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

/** Sums up phases of the same kind and name: ms in all, and how often there was one. The keys are `<kind> <name>`. */
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
