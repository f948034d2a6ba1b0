import type { Density, MatchDensity } from '@playhead/engine/contract/density'
import type { Category } from '../state/category'
import { type Span, timeLabel } from '../state/timeline-window'
import { count, visible } from '../widgets/format'

/** Says in words what the drawing shows of the stretch, for those who cannot see it. */
export function describeTimeline(
  density: Density,
  list: readonly Category[],
  span: Span,
  matches: MatchDensity | null,
): string {
  const { groups, counts, errors } = density
  const byGroup = new Array<number>(groups).fill(0)
  let failed = 0
  for (const bucket of bucketsIn(density, span)) {
    failed += errors[bucket] as number
    for (let group = 0; group < groups; group++) {
      byGroup[group] = (byGroup[group] as number) + (counts[bucket * groups + group] as number)
    }
  }
  const all = byGroup.reduce((sum, events) => sum + events, 0)
  const grain = (span.to - span.from) / 100
  const missing = density.gaps
    .filter(gap => gap.to >= span.from && gap.from <= span.to)
    .reduce((sum, gap) => sum + gap.count, 0)
  const parts = [`${timeLabel(span.from, grain)} to ${timeLabel(span.to, grain)}: ${count(all)} events`]
  const most = partsOf(byGroup, list, 4).map(({ name, events }) => `${name} ${Math.round((events / all) * 100)} %`)
  if (most.length > 0) parts.push(most.join(', '))
  if (matches) parts.push(`${count(eventsBetween(matches, span))} of them pass the filter`)
  if (failed > 0) parts.push(`${count(failed)} errors`)
  if (missing > 0) parts.push(`${count(missing)} missing`)
  return `${parts.join('; ')}.`
}

function eventsBetween(matches: MatchDensity, span: Span): number {
  let events = 0
  for (const bucket of bucketsIn(matches, span)) events += inBucket(matches, bucket)
  return events
}

/** Lists the buckets of the stretch, also those that lie in it in part: the last event is at the very end of one. */
function* bucketsIn({ from, to, buckets }: Pick<Density, 'from' | 'to' | 'buckets'>, span: Span): Generator<number> {
  const step = (to - from) / buckets
  for (let bucket = 0; bucket < buckets; bucket++) {
    const begin = from + bucket * step
    if (begin + step >= span.from && begin <= span.to) yield bucket
  }
}

/** Counts the events that pass the filter in the bucket that this time lies in. */
export function eventsAt(matches: MatchDensity, time: number): number {
  const step = (matches.to - matches.from) / matches.buckets
  return inBucket(matches, Math.floor((time - matches.from) / step))
}

function inBucket({ counts, groups }: MatchDensity, bucket: number): number {
  return counts.subarray(bucket * groups, (bucket + 1) * groups).reduce((sum, more) => sum + more, 0)
}

/** Lists the groups of one bucket that have the most events. */
export function partsOf(
  byGroup: ArrayLike<number>,
  list: readonly Category[],
  most: number,
): { name: string; events: number }[] {
  return Array.from(byGroup)
    .map((events, group) => ({ name: visible(list[group]?.name ?? 'other'), events }))
    .filter(({ events }) => events > 0)
    .sort((a, b) => b.events - a.events)
    .slice(0, most)
}
