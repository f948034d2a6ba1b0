import type { Row, ViewStatus } from '../contract/view'
import type { Views } from './views'

/** Resolves with the first status that satisfies `holds`, now or later. */
export function watcher() {
  let latest: ViewStatus | undefined
  const waiting: { holds: (status: ViewStatus) => boolean; resolve: (status: ViewStatus) => void }[] = []
  const seen = (status: ViewStatus) => {
    latest = status
    for (const waiter of waiting.splice(0)) {
      if (waiter.holds(status)) waiter.resolve(status)
      else waiting.push(waiter)
    }
  }
  const until = (holds: (status: ViewStatus) => boolean) =>
    new Promise<ViewStatus>(resolve => {
      if (latest && holds(latest)) resolve(latest)
      else waiting.push({ holds, resolve })
    })
  return { seen, until }
}

export async function items(views: Views, view: number): Promise<Row[]> {
  return (await views.rows(view, 0, 2000)).items
}

export function seqs(rows: readonly Row[]): number[] {
  return rows.flatMap(row => (row.item === 'event' ? row.seq : []))
}

/** `a3` = event number 3 of producer a, `(a4-6)` = a gap. */
export function picture(rows: readonly Row[]): string {
  return rows
    .map(row => {
      if (row.item === 'line') return `|${row.line}`
      const lane = 'abc'[row.producer] ?? '?'
      return row.item === 'event' ? `${lane}${row.n}` : `(${lane}${row.gap.fromN}-${row.gap.toN})`
    })
    .join(' ')
}
