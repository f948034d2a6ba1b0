import type { Sort } from '@playhead/engine/contract/view'
import { signal } from '@preact/signals'
import type { Column } from './columns'

/** How the table is set up, and what is chosen in it. */
export function createTableStore({ columns, sort, group }: { columns: Column[]; sort: Sort; group: boolean }) {
  return {
    columns: signal<readonly Column[]>(columns),
    sort: signal(sort),
    /** Consecutive events of one type stand as one row. */
    group: signal(group),
    /** Payloads that are unfolded in the list, as lines, by seq. */
    unfolded: signal<ReadonlyMap<number, readonly string[]>>(new Map()),
    /** seqs; more than one: what copying is about. */
    selection: signal<ReadonlySet<number>>(new Set()),
    /** Where the range that Shift extends begins. */
    pivot: signal(-1),
    /** What the user looks at while the list does not follow: stays in place whatever arrives. */
    anchor: signal(-1),
  }
}

export type TableStore = ReturnType<typeof createTableStore>
