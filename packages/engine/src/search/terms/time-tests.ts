import { compileGlob } from '@playhead/shared/filter/glob'
import { phasesOf } from '@playhead/shared/model/phases'
import type { SteadyChunk, SteadyLog } from '../../log/reader'
import type { Selection } from './selection'
import type { TermTest } from './term-test'

/** Tests for session times in `low … high` (ms, both inclusive). */
export function timeTest(low: number, high: number): TermTest {
  return { narrow: (chunk, _, selection) => narrowTime(chunk, selection, low, high) }
}

/** Tests for events inside a phase whose name matches. A phase ends where the next one begins; the last one goes on. */
export function markTest(glob: string, reader: SteadyLog): TermTest {
  return new MarkTest(compileGlob(glob), reader)
}

class MarkTest implements TermTest {
  /** How many marks the session had when they were read last; -1: they were not read yet. */
  private known = -1
  /** The matching phases, in session ms; `to` is exclusive. */
  private phases: { from: number; to: number }[] = []
  /** Latest session time (ms) in the chunks that were tested. */
  private latest = Number.NEGATIVE_INFINITY
  /** A mark arrived that begins a phase before that time. */
  private isLate = false

  constructor(
    private readonly matches: (name: string) => boolean,
    private readonly reader: SteadyLog,
  ) {}

  /** A mark arrived after events that belong to its phase were tested. Batches of two producers can come in any order. */
  get stale(): boolean {
    this.read()
    return this.isLate
  }

  narrow({ time, maxTime }: SteadyChunk, _: unknown, selection: Selection): void {
    this.read()
    this.latest = Math.max(this.latest, maxTime)
    const rows = selection.explicit()
    let k = 0
    for (let i = 0; i < selection.count; i++) {
      const row = rows[i] as number
      const at = time[row] as number
      if (this.phases.some(({ from, to }) => at >= from && at < to)) rows[k++] = row
    }
    selection.count = k
  }

  /** Reads the session's marks if there are more than before. */
  private read(): void {
    const { known } = this
    const { session } = this.reader
    const { marks } = session
    if (known === marks.length) return
    this.isLate ||= marks.slice(Math.max(0, known)).some(mark => mark.kind !== 'artifact' && mark.time <= this.latest)
    this.known = marks.length
    this.phases = phasesOf(session, Number.POSITIVE_INFINITY).filter(phase => this.matches(phase.name))
  }
}

/** Keeps the rows whose time is in `low … high`: often all or none, or a range that bisection finds. */
function narrowTime(chunk: SteadyChunk, selection: Selection, low: number, high: number): void {
  if (chunk.minTime > high || chunk.maxTime < low) selection.clear()
  else if (chunk.minTime >= low && chunk.maxTime <= high) return
  else if (!chunk.monotonic || !selection.isRange) selection.keepBetween(chunk.time, low, high)
  else {
    const { from, to } = selection
    selection.from = firstRow(chunk.time, from, to, time => time >= low)
    selection.to = firstRow(chunk.time, selection.from, to, time => time > high)
  }
}

/** The first row of `from … to` for which `holds` is true; `to` when there is none. It must be true for all rows behind that one. */
function firstRow(time: Float64Array, from: number, to: number, holds: (time: number) => boolean): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(time[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}
