import type { FieldName } from '@playhead/shared/filter/seen'
import type { FoundValues } from '../../contract/vocabulary'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'
import { FacetsFrom } from './facets-from'
import { PayloadsFrom } from './payloads-from'
import type { Seeker } from './seeker'

/** ms of looking after which a question is answered with what was found so far. */
const PATIENCE = 100
/** Characters of what was typed that values are compared with. */
const LONGEST = 100

/**
 * Finds the values of a field that begin with what the user typed, in either case, among all events, the newest first: also the rare ones
 * that a sample misses. Each question looks on for 100 ms from where the one before ended, and not at all while a search is under way. A
 * question about another field or other letters ends the one before.
 */
export class ValuesFrom {
  private last: { key: string; reader: LogReader; search: Search } | undefined

  /** Resolves with null when something else was asked for meanwhile. `busy`: a search is under way, which has precedence. */
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
    // A finished search is forgotten, since events that arrive later may have more values.
    if (search.done) this.last = undefined
    return told
  }
}

/** One question, with the chunks that are still to be looked at. */
class Search {
  /** The chunks that are left, the oldest first: the next one is taken from the end. */
  private readonly left: LogChunk[]
  /** The log's first seq when the search began. */
  private readonly firstSeq: number
  private running: Promise<void> | undefined

  constructor(
    private readonly reader: LogReader,
    private readonly seeker: Seeker,
  ) {
    this.left = reader.chunks.filter(({ firstRow, count }) => firstRow < count)
    this.firstSeq = reader.firstSeq
  }

  /** No chunk is left. */
  get done(): boolean {
    return this.left.length === 0
  }

  /** What was found so far. The counts are exact (`all`) only when nothing was left out or evicted. */
  told(): FoundValues {
    const { seeker, done, reader } = this
    return { values: seeker.counts.told(), all: done && seeker.counts.whole && reader.firstSeq === this.firstSeq, done }
  }

  /** Looks on for 100 ms, or as long as `wanted` is true. */
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
