import { nextTask } from './next-task'

/** ms of work before other tasks of the worker get their turn. */
const SLICE = 8

/** Long work in slices: `if (turns.due) await turns.next()` at every step small enough. */
export class Turns {
  private until = performance.now() + SLICE

  get due(): boolean {
    return performance.now() >= this.until
  }

  async next(): Promise<void> {
    await nextTask()
    this.until = performance.now() + SLICE
  }
}
