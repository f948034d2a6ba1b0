import type { Filter } from '@playhead/shared/filter/filter'
import type { RowPage, ViewStatus } from '../../contract/view'
import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { FoundEvents } from '../density/density-matches'
import type { RegexRunner } from '../terms/regex-runner'
import { CurrentView } from './current-view'

/** Finds among the rows that are shown instead of leaving the others away: a second view that nobody sees. */
export class Finder {
  private readonly current: CurrentView
  private view = -1
  private live = false

  constructor(notify: (status: ViewStatus) => void, regex?: RegexRunner) {
    this.current = new CurrentView(notify, regex)
  }

  /** Null: nothing is looked for. `live`: in the live session, whichever that is. */
  look(reader: LogReader | null, filter: Filter | null, live = false): ViewStatus | null {
    this.live = live
    const status = this.current.set(filter ? reader : null, { session: null, filter: filter ?? {} })
    this.view = filter ? status.view : -1
    return filter ? status : null
  }

  /** Another session is the live one. */
  follow(reader: LogReader | null): void {
    if (this.view >= 0 && this.live) this.current.follow(reader)
  }

  get busy(): boolean {
    return this.view >= 0 && this.current.busy
  }

  /** Says of each row whether it was found. */
  mark(page: RowPage): RowPage {
    if (this.view < 0) return page
    const found = this.current.at(this.view)
    for (const row of page.items) {
      if (row.item === 'event' && (found?.locate(row.seq) ?? -1) >= 0) row.found = true
    }
    return page
  }

  /** The found event after (`step` 1) or before (−1) this one by time, from the other end where there is none; -1: nothing was found. */
  next(seq: number, step: 1 | -1): number {
    return this.current.at(this.view)?.next(seq, step) ?? -1
  }

  /** Undefined: nothing is looked for. */
  found(): FoundEvents | undefined {
    return this.current.at(this.view)?.found
  }

  dispose(): void {
    this.current.dispose()
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
      resolve(current.at(view)?.next(seq, step) ?? -1)
      current.dispose()
    }
    const current = new CurrentView(status => status.done && done(status))
    const status = current.set(reader, { session: null, filter })
    if (status.done) done(status)
  })
}
