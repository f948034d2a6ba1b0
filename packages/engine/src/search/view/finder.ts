import type { Filter } from '@playhead/shared/filter/filter'
import type { RowPage, ViewStatus } from '../../contract/engine'
import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { Found } from '../density/density-matches'
import { createViews, type Views } from './views'

/** Finds among the rows that are shown instead of leaving the others away: a second view that nobody sees. */
export class Finder {
  private readonly views: Views
  private view = -1
  private live = false

  constructor(notify: (status: ViewStatus) => void) {
    this.views = createViews(notify)
  }

  /** Null: nothing is looked for. `live`: in the live session, whichever that is. */
  look(reader: LogReader | null, filter: Filter | null, live = false): ViewStatus | null {
    this.live = live
    const status = this.views.setView(filter ? reader : null, { session: null, filter: filter ?? {} })
    this.view = filter ? status.view : -1
    return filter ? status : null
  }

  /** Another session is the live one. */
  follow(reader: LogReader | null): void {
    if (this.view >= 0 && this.live) this.views.follow(reader)
  }

  get busy(): boolean {
    return this.view >= 0 && this.views.busy
  }

  /** Says of each row whether it was found. */
  mark(page: RowPage): RowPage {
    if (this.view < 0) return page
    for (const row of page.items) {
      if (row.item === 'event' && this.views.locate(this.view, row.seq) >= 0) row.found = true
    }
    return page
  }

  /** The found event after (`step` 1) or before (−1) this one by time, from the other end where there is none; -1: nothing was found. */
  next(seq: number, step: 1 | -1): number {
    return this.view < 0 ? -1 : this.views.next(this.view, seq, step)
  }

  /** Undefined: nothing is looked for. */
  found(): Found | undefined {
    return this.view < 0 ? undefined : this.views.found(this.view)
  }

  dispose(): void {
    this.views.dispose()
  }
}

/** The event of this one's type after or before it by time, around the ends. */
export async function neighbourOfType(reader: LogReader, seq: number, step: 1 | -1): Promise<number> {
  const chunk = chunkAt(reader, seq)
  const type = chunk && reader.types[chunk.type[seq - chunk.firstSeq] as number]
  const take = chunk?.take[seq - chunk.firstSeq]
  if (type === undefined || take === undefined) return -1
  const filter: Filter = { all: [{ any: [{ key: 'type', glob: type }] }, { any: [{ key: 'take', take }] }] }
  return new Promise(resolve => {
    const done = ({ view }: ViewStatus) => {
      resolve(views.next(view, seq, step))
      views.dispose()
    }
    const views = createViews(status => status.done && done(status))
    const status = views.setView(reader, { session: null, filter })
    if (status.done) done(status)
  })
}
