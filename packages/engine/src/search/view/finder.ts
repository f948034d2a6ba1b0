import type { Filter } from '@playhead/shared/filter/filter'
import type { RowPage, ViewStatus } from '../../contract/view'
import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { FoundEvents } from '../density/density-matches'
import type { RegexRunner } from '../terms/regex-runner'
import { CurrentView } from './current-view'

/** Marks the events that match a filter among the rows that are shown, without hiding the others. It holds a second view for it. */
export class Finder {
  private readonly current: CurrentView
  /** Number of the view while something is looked for; -1 otherwise. */
  private view = -1
  /** The view follows the live session. */
  private live = false

  /** `notify` is told when more events were found, at most about 15 times a second, and when the scan ends. */
  constructor(notify: (status: ViewStatus) => void, regex?: RegexRunner) {
    this.current = new CurrentView(notify, regex)
  }

  /**
   * Looks for `filter` in the log of `reader`; a null filter ends looking, and the result is null then. With `live`, it goes on in the
   * live session, whichever that becomes.
   */
  look(reader: LogReader | null, filter: Filter | null, live = false): ViewStatus | null {
    this.live = live
    const status = this.current.set(filter ? reader : null, { session: null, filter: filter ?? {} })
    this.view = filter ? status.view : -1
    return filter ? status : null
  }

  /** To be called when another session becomes the live one. */
  follow(reader: LogReader | null): void {
    if (this.view >= 0 && this.live) this.current.follow(reader)
  }

  /** A scan is under way. */
  get busy(): boolean {
    return this.view >= 0 && this.current.busy
  }

  /** Sets `found` on the rows of `page` that match, and returns `page`. */
  mark(page: RowPage): RowPage {
    if (this.view < 0) return page
    const found = this.current.at(this.view)
    for (const row of page.items) {
      if (row.item === 'event' && (found?.locate(row.seq) ?? -1) >= 0) row.found = true
    }
    return page
  }

  /** seq of the found event after (`step` 1) or before (-1) event `seq` by time; behind the last comes the first. -1: nothing was found. */
  next(seq: number, step: 1 | -1): number {
    return this.current.at(this.view)?.next(seq, step) ?? -1
  }

  /** The events found so far, by time; undefined when nothing is looked for. */
  found(): FoundEvents | undefined {
    return this.current.at(this.view)?.found
  }

  dispose(): void {
    this.current.dispose()
  }
}

/**
 * seq of the event of the same type and take after (`step` 1) or before (-1) event `seq` by time; behind the last comes the first. -1 when
 * event `seq` is not in the log.
 */
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
