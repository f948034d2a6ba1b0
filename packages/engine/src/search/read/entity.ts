import type { Clause } from '@playhead/shared/filter/filter'
import type { EntityPage, EntityTerm } from '../../contract/event'
import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'
import { Scan, type Stretch } from '../scan/scan'
import { readRelated } from './related'
import { loadTexts } from './texts'

/** Events of one page, at most. */
const PAGE = 200
/** Columns of time in the picture of dots. */
const COLUMNS = 300
/** Types that have a lane of their own in the picture; all others share one. */
const TYPES = 8

interface PageWanted {
  /** Place of the first event of the page among all that were found, from 0. */
  from: number
  /** seq of the event whose place among them is asked for. */
  of?: number
  count: number
  newestFirst: boolean
}

/**
 * Finds every event that carries one value in a facet or a payload field. The scan for the value that was asked for last is kept, so that
 * asking again tests only the events that arrived since.
 */
export class Entities {
  private last: { key: string; reader: LogReader; scan: Scan } | undefined
  /** Number of the last value that was asked for. */
  private asked = 0

  /**
   * Finds the events of a take that carry the value, and reads one page of them. Resolves with null when another value was asked for
   * before they were found.
   */
  async read(reader: LogReader, term: EntityTerm, take: number, wanted: PageWanted): Promise<EntityPage | null> {
    const key = JSON.stringify([term, typeof term.value, String(term.value), take], (_, part) =>
      typeof part === 'bigint' ? undefined : part,
    )
    if (this.last?.key !== key || this.last.reader !== reader) {
      this.asked++
      const all: Clause[] = [{ any: [{ ...term, op: '=' }] }, { any: [{ key: 'take', take }] }]
      this.last = { key, reader, scan: new Scan(reader, { all }) }
    }
    const asked = this.asked
    const { scan } = this.last
    const turns = new Turns()
    const gone = () => this.asked !== asked
    if (!(await finish(reader, scan, turns, gone))) return null
    const { list } = scan
    const total = list.length
    const from = Math.min(Math.max(0, Math.trunc(wanted.from)), total)
    const count = Math.min(PAGE, Math.max(0, Math.trunc(wanted.count)), total - from)
    const seqs = Array.from({ length: count }, (_, i) => list.at(wanted.newestFirst ? total - 1 - from - i : from + i))
    const place = wanted.of === undefined ? -1 : list.indexOf(wanted.of)
    const at = place < 0 || !wanted.newestFirst ? place : total - 1 - place
    const picture = await draw(reader, scan, turns)
    const events = await readRelated(reader, seqs)
    return gone() ? null : { total, from, events, at, ...picture }
  }
}

/** The work under way on each scan: only one caller may step a scan, the others wait for it. */
const running = new WeakMap<Scan, Promise<void>>()

/** Steps the scan to its end. Resolves with false as soon as `gone` is true. */
async function finish(reader: LogReader, scan: Scan, turns: Turns, gone: () => boolean): Promise<boolean> {
  while (!scan.done && !gone()) {
    const busy = running.get(scan)
    if (busy) await busy
    else {
      const work = step(reader, scan, turns, gone).finally(() => running.delete(scan))
      running.set(scan, work)
      await work
    }
  }
  scan.evict()
  return !gone()
}

async function step(reader: LogReader, scan: Scan, turns: Turns, gone: () => boolean): Promise<void> {
  for (;;) {
    scan.evict()
    const stretch: Stretch | undefined = gone() ? undefined : scan.next()
    if (!stretch) return
    let text: Uint8Array | undefined
    if (scan.select(stretch)) {
      text = stretch.chunk.text
      if (!text) text = (await loadTexts(reader, [stretch.chunk])).get(stretch.chunk)
    }
    scan.test(stretch, text)
    if (turns.due) await turns.next()
  }
}

/**
 * Makes a picture of the events over time, from their first to their last: 300 columns wide, with one dot for all events of a type in a
 * column. The 8 most frequent types have lanes 0 … 7, all others share lane 8.
 */
async function draw(
  reader: LogReader,
  { list }: Scan,
  turns: Turns,
): Promise<Pick<EntityPage, 'dots' | 'types' | 'firstTime' | 'lastTime'>> {
  const total = list.length
  const firstTime = total > 0 ? timeOf(reader, list.at(0)) : 0
  const lastTime = total > 0 ? timeOf(reader, list.at(total - 1)) : 0
  const scale = COLUMNS / Math.max(lastTime - firstTime, 1e-6)
  const counts = new Map<number, number>()
  /** Dots by type and column. */
  const found = new Map<number, { type: number; time: number; seq: number; count: number }>()
  for (let i = 0; i < list.length; i++) {
    const seq = list.at(i)
    const chunk = chunkAt(reader, seq)
    if (!chunk) continue
    const row = seq - chunk.firstSeq
    const type = chunk.type[row] as number
    const time = chunk.time[row] as number
    counts.set(type, (counts.get(type) ?? 0) + 1)
    const column = Math.min(COLUMNS - 1, Math.max(0, Math.floor((time - firstTime) * scale)))
    const dot = found.get(type * COLUMNS + column)
    if (dot) dot.count++
    // The number of dots is bounded, as a session may have thousands of types: events beyond it are counted but have no dot.
    else if (found.size < TYPES * 4 * COLUMNS) found.set(type * COLUMNS + column, { type, time, seq, count: 1 })
    if (i % 4096 === 0 && turns.due) await turns.next()
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1])
  const lanes = new Map(ranked.slice(0, TYPES).map(([type], lane) => [type, lane]))
  const types = ranked.slice(0, TYPES).map(([type, count]) => ({ name: reader.types[type] ?? '', count }))
  const rest = ranked.slice(TYPES).reduce((sum, [, count]) => sum + count, 0)
  if (rest > 0) types.push({ name: '', count: rest })
  const dots = [...found.values()].map(({ type, ...dot }) => ({ ...dot, lane: lanes.get(type) ?? TYPES }))
  return { dots, types, firstTime, lastTime }
}

/** Session time of the event in ms; 0 when it is not in the log. */
function timeOf(reader: LogReader, seq: number): number {
  const chunk = chunkAt(reader, seq)
  return chunk ? (chunk.time[seq - chunk.firstSeq] as number) : 0
}
