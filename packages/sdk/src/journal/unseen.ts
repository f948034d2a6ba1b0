import { MAX_N } from '@playhead/shared/model/id'
import { now } from '../page/natives'
import type { Journal } from './journal'

/** So many runs of events are remembered until a panel comes; of older ones it learns only that they are missing. */
const RUNS = 1000

/** Gives numbers to events that a bus emitted and nobody saw, so that they are a gap. */
export class Unseen {
  /** Runs that nobody was told of. */
  readonly runs: [from: number, to: number, time: number][] = []

  /** Called with the first and the last number of a run, and the time, in ms on the producer's clock. */
  tell = (from: number, to: number, time: number): void => {
    if (this.runs.push([from, to, time]) > RUNS) this.runs.shift()
  }

  add(journal: Journal, count: number): void {
    if (count <= 0 || journal.busy || journal.emitted + count > MAX_N) return
    journal.close()
    const from = journal.emitted + 1
    journal.emitted += count
    if (journal.pausedFrom === 0) this.tell(from, journal.emitted, now())
  }
}
