import type { Sort } from '@playhead/engine/contract/view'
import { signal } from '@preact/signals'
import type { Column } from './columns'

/** How the list is set up, and what is chosen in it. */
export function createTableStore({ columns, sort, group }: { columns: Column[]; sort: Sort; group: boolean }) {
  return {
    columns: signal<readonly Column[]>(columns),
    sort: signal(sort),
    /** Consecutive events of one type are shown as one row. */
    group: signal(group),
    /** The payloads that are unfolded in the list: their lines, by the event's seq. */
    unfolded: signal<ReadonlyMap<number, readonly string[]>>(new Map()),
    /** seqs of the chosen events, which are copied together. */
    selection: signal<ReadonlySet<number>>(new Set()),
    /** seq of the event at which the range begins that Shift extends; −1 for none. */
    pivot: signal(-1),
    /** seq of the event that stays in place whatever arrives, while the list does not follow; −1 for none (`list/scroll-anchoring.ts`). */
    anchor: signal(-1),
  }
}

export type TableStore = ReturnType<typeof createTableStore>
