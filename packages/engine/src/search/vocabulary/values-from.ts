import type { FieldName } from '@playhead/shared/filter/seen'
import type { FoundValues } from '../../contract/vocabulary'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'
import { FacetsFrom } from './facets-from'
import { PayloadsFrom } from './payloads-from'
import type { Seeker } from './seeker'

/** ms until a question is answered with what was found so far. */
const PATIENCE = 100
/** Characters that values are looked for by. */
const LONGEST = 100

/**
 * Values of a field that begin with some letters, in any case, looked for among all events, newest first: what a sample has not seen. Reads
 * on at every question, and not while something else is searched for. Another question ends the one before.
 */
export class ValuesFrom {
  private last: { key: string; reader: LogReader; search: Search } | undefined

  /** Null: something else was asked for meanwhile. `busy`: somebody waits for more than this. */
  async read(reader: LogReader, field: FieldName, typed: string, busy: () => boolean): Promise<FoundValues | null> {
    const key = JSON.stringify([field, typed])
    if (this.last?.key !== key || this.last.reader !== reader) {
      const letters = typed.slice(0, LONGEST).toLowerCase()
      const seeker =
        'facet' in field ? new FacetsFrom(field.facet, letters) : new PayloadsFrom(reader, field.path, letters)
      this.last = { key, reader, search: new Search(reader, seeker) }
    }
    const { search } = this.last
    const isLast = () => this.last?.search === search
    await search.goOn(() => isLast() && !busy())
    if (!isLast()) return null
    const told = search.told()
    // Asked again, there may be more.
    if (search.done) this.last = undefined
    return told
  }
}

class Search {
  /** Oldest first: taken from the end. */
  private readonly left: LogChunk[]
  private readonly firstSeq: number
  private running: Promise<void> | undefined

  constructor(
    private readonly reader: LogReader,
    private readonly seeker: Seeker,
  ) {
    this.left = reader.chunks.filter(({ firstRow, count }) => firstRow < count)
    this.firstSeq = reader.firstSeq
  }

  get done(): boolean {
    return this.left.length === 0
  }

  told(): FoundValues {
    const { seeker, done, reader } = this
    return { values: seeker.counts.told(), all: done && seeker.counts.whole && reader.firstSeq === this.firstSeq, done }
  }

  async goOn(wanted: () => boolean): Promise<void> {
    this.running ??= this.read(wanted).finally(() => {
      this.running = undefined
    })
    await this.running
  }

  private async read(wanted: () => boolean): Promise<void> {
    const { left, seeker } = this
    const turns = new Turns()
    const until = performance.now() + PATIENCE
    while (wanted() && performance.now() < until) {
      const chunk = left.pop()
      if (!chunk) return
      await seeker.look(chunk, turns)
      if (seeker.isFull) {
        seeker.counts.whole = false
        left.length = 0
      }
      if (turns.due) await turns.next()
    }
  }
}
