import { compileGlob } from '@playhead/shared/filter/glob'
import { phasesOf } from '@playhead/shared/model/phases'
import type { SteadyChunk, SteadyLog } from '../../log/reader'
import type { Selection } from './selection'
import type { TermTest } from './term-test'

/** Session time in `low … high`, both inclusive. */
export function timeTest(low: number, high: number): TermTest {
  return { narrow: (chunk, _, selection) => narrowTime(chunk, selection, low, high) }
}

/** Inside a phase whose name matches. A phase ends where the next one begins, the last is open. */
export function markTest(glob: string, reader: SteadyLog): TermTest {
  return new MarkTest(compileGlob(glob), reader)
}

class MarkTest implements TermTest {
  private known = -1
  private phases: { from: number; to: number }[] = []
  /** No event later than this was asked about. */
  private latest = Number.NEGATIVE_INFINITY
  private isLate = false

  constructor(
    private readonly matches: (name: string) => boolean,
    private readonly reader: SteadyLog,
  ) {}

  /** A mark came after events that lie behind it: batches of another producer are not in order with it. */
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
