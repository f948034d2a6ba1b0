import type { Clause } from '@playhead/shared/filter/filter'
import type { EntityPage, EntityTerm } from '../../contract/event'
import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'
import { Scan, type Stretch } from '../scan/scan'
import { readRelated } from './related'
import { loadTexts } from './texts'

/** Rows of one page, columns of the picture, and types told apart in it, at most. */
const PAGE = 200
const COLUMNS = 300
const TYPES = 8

interface PageWanted {
  from: number
  /** seq of the event whose place is asked for. */
  of?: number
  count: number
  newestFirst: boolean
}

/** Every event that carries one value. Keeps what it found for the value that was asked for last: later only what is new is tested. */
export class Entities {
  private last: { key: string; reader: LogReader; scan: Scan } | undefined
  private asked = 0

  /** Null: another value was asked for before this one's events were found. */
  async read(reader: LogReader, term: EntityTerm, take: number, wanted: PageWanted): Promise<EntityPage | null> {
    const key = JSON.stringify([term, take])
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

/** A scan is gone through by one caller at a time: the next waits for what the first one does. */
const running = new WeakMap<Scan, Promise<void>>()

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

/** Dots over time: one for all events of a type in one column of the picture. The most frequent types have lanes of their own. */
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
  /** By type and column. */
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
    // Types past the bound share what is left: a session may have thousands.
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

function timeOf(reader: LogReader, seq: number): number {
  const chunk = chunkAt(reader, seq)
  return chunk ? (chunk.time[seq - chunk.firstSeq] as number) : 0
}
