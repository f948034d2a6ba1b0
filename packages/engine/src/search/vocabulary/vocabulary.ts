import { KINDS, LEVELS, RECORDING } from '@playhead/shared/model/event'
import { phasesOf } from '@playhead/shared/model/phases'
import type { FacetNames, NameCount, Vocabulary } from '../../contract/vocabulary'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'

/** Names in an answer, of each sort: the most frequent ones. */
const MOST_NAMES = 2000
/** Facets in an answer. */
const MOST_FACETS = 64
/** Values of one facet in an answer. */
const MOST_VALUES = 100
/** Different texts of one facet that are counted; events with further ones are only counted as others. */
const MOST_COUNTED = 5000
/** Different numbers of one facet that are counted; a facet with more is a measure, of which the range is told. */
const MOST_NUMBERS = 500
/** Characters of the longest text in an answer. */
const LONGEST = 200

/**
 * Counts what the visible events of a session have: their types, sources, levels, facet values and so on, which the panel offers for
 * completion. Each question counts on from where the one before ended. Eviction makes it begin anew, since what was counted of evicted
 * events cannot be told from the rest.
 */
export class VocabularyCounter {
  private counted = new Counts()
  /** The log's first seq when counting began. */
  private from = 0
  /** seq of the first event that is not counted yet. */
  private next = 0
  private counting: Promise<void> | undefined

  constructor(private readonly reader: LogReader) {}

  /** Counts up to the end of the log, then returns the counts. They are of the recording; what only a replay has counts 0. */
  async read(): Promise<Vocabulary> {
    this.counting ??= this.count().finally(() => {
      this.counting = undefined
    })
    await this.counting
    const { reader, counted } = this
    const named = (counts: readonly number[], names: readonly string[]) =>
      sorted(counts.flatMap((count, id) => (count >= 0 ? [{ name: names[id] ?? '', count }] : []))).slice(0, MOST_NAMES)
    const { producers, takes } = reader.session
    return {
      types: named(counted.types, reader.types),
      sources: named(counted.sources, reader.sources),
      levels: LEVELS.map((name, id) => ({ name, count: counted.levels[id] as number })),
      kinds: KINDS.map((name, id) => ({ name, count: counted.kinds[id] as number })),
      producers: summed(
        reader.producers.map((id, code) => ({
          name: producers.find(producer => producer.id === id)?.name ?? '',
          count: counted.producers[code] ?? 0,
        })),
      ),
      marks: summed(phasesOf(reader.session).map(({ name }) => ({ name, count: 1 }))),
      takes: takes.slice(0, MOST_NAMES).map(({ take, name }) => ({ take, name, count: counted.takes.get(take) ?? 0 })),
      facets: [...counted.facets].slice(0, MOST_FACETS).map(([name, facet]) => facet.told(name)),
    }
  }

  private async count(): Promise<void> {
    const { reader } = this
    // Evicted events cannot be taken out of the counts.
    if (reader.firstSeq !== this.from) {
      this.counted = new Counts()
      this.from = this.next = reader.firstSeq
    }
    const { counted } = this
    const turns = new Turns()
    const end = reader.endSeq
    while (this.next < end && reader.firstSeq === this.from) {
      const chunk = chunkFrom(reader, this.next)
      if (!chunk) break
      const to = Math.min(chunk.count, end - chunk.firstSeq)
      counted.add(chunk, Math.max(chunk.firstRow, this.next - chunk.firstSeq), to)
      this.next = chunk.firstSeq + to
      if (turns.due) await turns.next()
    }
  }
}

/** The counts of some rows. */
class Counts {
  /** Events of the recording by the id of their type, source or producer; -1 for an id that occurs in no take. */
  readonly types: number[] = []
  readonly sources: number[] = []
  readonly producers: number[] = []
  /** Events of the recording by level and by kind. */
  readonly levels = new Float64Array(256)
  readonly kinds = new Float64Array(256)
  readonly takes = new Map<number, number>()
  readonly facets = new Map<string, FacetCounts>()

  /** Counts the rows `from … to` (exclusive) of a chunk. */
  add(chunk: LogChunk, from: number, to: number): void {
    const { type, source, producer, level, kind, take, facets } = chunk
    const { types, sources, producers, levels, kinds } = this
    let recorded = 0
    for (let row = from; row < to; row++) {
      const of = take[row] as number
      const one = of === RECORDING ? 1 : 0
      if (one) recorded++
      else this.takes.set(of, (this.takes.get(of) ?? 0) + 1)
      bump(types, type[row] as number, one)
      bump(sources, source[row] as number, one)
      bump(producers, producer[row] as number, one)
      levels[level[row] as number]! += one
      kinds[kind[row] as number]! += one
    }
    this.takes.set(RECORDING, (this.takes.get(RECORDING) ?? 0) + recorded)
    for (const column of facets) {
      let facet = this.facets.get(column.name)
      if (!facet) this.facets.set(column.name, (facet = new FacetCounts()))
      if (column.form === 'text') facet.addTexts(column.values, column.codes, take, from, to)
      else facet.addNumbers(column.values, take, from, to)
    }
  }
}

/** The counts of one facet, in the recording. */
class FacetCounts {
  /** Events that have the facet. */
  private events = 0
  private readonly texts = new Map<string, number>()
  /** Events by number; undefined when there are too many different ones. */
  private numbers: Map<number, number> | undefined = new Map()
  /** Events whose text was not counted, because there were 5,000 different ones before. */
  private others = 0
  private min = Number.POSITIVE_INFINITY
  private max = Number.NEGATIVE_INFINITY

  addTexts(values: readonly string[], codes: Uint16Array, take: Uint16Array, from: number, to: number): void {
    const counts = new Uint32Array(values.length)
    for (let row = from; row < to; row++) {
      const code = codes[row] as number
      if (code < counts.length && take[row] === RECORDING) counts[code]!++
    }
    for (const [code, count] of counts.entries()) {
      if (count === 0) continue
      const value = values[code] as string
      const known = this.texts.get(value)
      this.events += count
      if (known !== undefined) this.texts.set(value, known + count)
      else if (this.texts.size < MOST_COUNTED) this.texts.set(value, count)
      else this.others += count
    }
  }

  addNumbers(values: Float64Array, take: Uint16Array, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const value = values[row] as number
      if (Number.isNaN(value) || take[row] !== RECORDING) continue
      this.events++
      if (value < this.min) this.min = value
      if (value > this.max) this.max = value
      this.numbers?.set(value, (this.numbers.get(value) ?? 0) + 1)
      // With so many different numbers the facet is a measure, of which the user needs the range.
      if (this.numbers && this.numbers.size > MOST_NUMBERS) this.numbers = undefined
    }
  }

  told(name: string): FacetNames {
    const texts = sorted(
      [...this.texts].flatMap(([value, count]) => (value.length <= LONGEST ? [{ name: value, count }] : [])),
    )
    const numbers = [...(this.numbers ?? [])].sort(([a], [b]) => a - b)
    return {
      name,
      events: this.events,
      texts: texts.slice(0, MOST_VALUES),
      different: this.texts.size,
      counted: this.others === 0,
      numbers: numbers.length <= MOST_VALUES ? numbers.map(([value, count]) => ({ value, count })) : [],
      range: this.min <= this.max ? { min: this.min, max: this.max } : null,
    }
  }
}

/** Adds `by` to the count of an id, which is then at least 0. */
function bump(counts: number[], id: number, by: number): void {
  while (counts.length <= id) counts.push(-1)
  counts[id] = Math.max(0, counts[id] as number) + by
}

/** Adds up the counts of equal names. */
function summed(names: readonly NameCount[]): NameCount[] {
  const sums = new Map<string, number>()
  for (const { name, count } of names) sums.set(name, (sums.get(name) ?? 0) + count)
  return sorted([...sums].map(([name, count]) => ({ name, count }))).slice(0, MOST_NAMES)
}

/** Sorts by count, the highest first; equal counts by name. */
function sorted(names: NameCount[]): NameCount[] {
  return names.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

/** The first chunk with a row at or after `seq`. */
function chunkFrom({ chunks }: LogReader, seq: number): LogChunk | undefined {
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const chunk = chunks[middle] as LogChunk
    if (chunk.firstSeq + chunk.count > seq) high = middle
    else low = middle + 1
  }
  return chunks[low]
}
