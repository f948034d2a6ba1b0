import type { ExtraColumn, RowPage, ViewSpec, ViewStatus } from '../contract/view'
import type { LogReader } from '../log/reader'
import { CurrentView } from '../search/view/current-view'
import { inPlace } from './in-place'

/** The view that the panel looks at, asked by its number as the panel does. */
export function createViews(notify: (status: ViewStatus) => void) {
  const current = new CurrentView(notify, inPlace)
  return {
    setView: (reader: LogReader | null, spec: ViewSpec) => current.set(reader, spec),
    follow: (reader: LogReader | null) => current.follow(reader),
    rows: (view: number, from: number, count: number, columns?: readonly ExtraColumn[]): Promise<RowPage> =>
      current.rows(view, from, count, columns),
    locate: (view: number, seq: number) => current.at(view)?.locate(seq) ?? -1,
    nearest: (view: number, time: number) => current.at(view)?.nearest(time) ?? -1,
    next: (view: number, seq: number, step: 1 | -1) => current.at(view)?.next(seq, step) ?? -1,
    found: (view: number) => current.at(view)?.found,
    openGroup: (view: number, seq: number, open: boolean) => current.at(view)?.openGroup(seq, open),
    seqs: (view: number, from: number, to: number) => current.at(view)?.seqsAt(from, to, 100_000) ?? [],
    setAnchor(view: number, seq: number) {
      const shown = current.at(view)
      if (shown) shown.anchor = seq
    },
    unfold(view: number, seq: number, lines: number): ViewStatus | null {
      current.at(view)?.unfold(seq, lines)
      return current.at(view)?.status() ?? null
    },
    get busy() {
      return current.busy
    },
    dispose: () => current.dispose(),
  }
}

export type Views = ReturnType<typeof createViews>
