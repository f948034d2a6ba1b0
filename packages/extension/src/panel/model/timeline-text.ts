import type { Density } from '../../engine/contract'
import type { Category } from './category'
import { count, visible } from './format'
import { type Span, timeLabel } from './timeline-window'

/** The drawing in words: what is seen of the stretch. */
export function describeTimeline(density: Density, list: readonly Category[], span: Span): string {
  const { buckets, groups, counts, errors } = density
  const step = (density.to - density.from) / buckets
  const byGroup = new Array<number>(groups).fill(0)
  let failed = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    const middle = density.from + (bucket + 0.5) * step
    if (middle < span.from || middle > span.to) continue
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
  if (failed > 0) parts.push(`${count(failed)} errors`)
  if (missing > 0) parts.push(`${count(missing)} missing`)
  return `${parts.join('; ')}.`
}

/** One bucket's groups with most events. */
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
