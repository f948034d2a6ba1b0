import { durations, phasesOf } from '@playhead/shared/model/phases'
import type { SessionInfo, Statistics } from '@playhead/shared/model/session'

/** One number of two sessions. */
export interface Compared {
  what: string
  a: number
  b: number
}

export interface SessionDifferences {
  /** What is known of each session and is not the same, as text. */
  facts: { what: string; a: string; b: string }[]
  totals: Compared[]
  /** Events by type, the largest difference first. */
  types: Compared[]
  /** ms by phase, in the order of the first session. */
  phases: Compared[]
}

/** Compares two sessions by their summaries alone: neither log is read. */
export function compare(a: SessionInfo, b: SessionInfo): SessionDifferences {
  const facts = FACTS.flatMap(([what, of]) => (of(a) === of(b) ? [] : [{ what, a: of(a), b: of(b) }]))
  return {
    facts,
    totals: TOTALS.map(([what, of]) => ({ what, a: of(a), b: of(b) })),
    types: merged(new Map(a.statistics?.types), new Map(b.statistics?.types)).sort(
      (x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a) || (x.what < y.what ? -1 : 1),
    ),
    phases: merged(phaseTimes(a), phaseTimes(b)),
  }
}

const FACTS: [string, (session: SessionInfo) => string][] = [
  ['App', session => session.app],
  ['Version', session => session.about?.version ?? ''],
  ['Seed', session => session.about?.seed ?? ''],
  ['Configuration', session => (session.about?.configHash ?? '').slice(0, 12)],
  ['Origin', session => session.origin],
  ['SDK', session => session.producers[0]?.sdk ?? ''],
]
const TOTALS: [string, (session: SessionInfo) => number][] = [
  ['Events', session => session.statistics?.events ?? session.events],
  ['Missing', session => session.missing],
  ['Events/s', session => rateOf(session.statistics)],
  ['Seconds', session => lengthOf(session.statistics) / 1000],
  ['Payload bytes', session => session.statistics?.payload ?? 0],
  ['Producers', session => session.producers.length],
]

export function lengthOf(statistics: Statistics | undefined): number {
  return statistics ? statistics.last - statistics.first : 0
}

export function rateOf(statistics: Statistics | undefined): number {
  const ms = lengthOf(statistics)
  return statistics && ms > 0 ? (statistics.events / ms) * 1000 : 0
}

/** The name of the session's latest baseline; empty where it has none. */
export function baselineOf({ marks }: Pick<SessionInfo, 'marks'>): string {
  const latest = marks.findLast(({ kind }) => kind === 'baseline')
  return latest ? latest.name || 'without a name' : ''
}

/** Puts sessions with a baseline before the others, else keeps their order. */
export function baselinesFirst(sessions: readonly SessionInfo[]): SessionInfo[] {
  return [...sessions].sort((a, b) => Number(baselineOf(b) !== '') - Number(baselineOf(a) !== ''))
}

function phaseTimes(session: SessionInfo): Map<string, number> {
  return new Map([...durations(phasesOf(session))].map(([key, { ms }]) => [key, ms]))
}

function merged(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Compared[] {
  return [...new Set([...a.keys(), ...b.keys()])].map(what => ({ what, a: a.get(what) ?? 0, b: b.get(what) ?? 0 }))
}
