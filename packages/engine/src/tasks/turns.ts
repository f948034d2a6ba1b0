import { nextTask } from './next-task'

/** ms of work after which other tasks of the thread get their turn. */
const SLICE = 8

/**
 * Cuts long work into slices of 8 ms, between which messages and timers get their turn. The work says
 * `if (turns.due) await turns.next()` after each step that takes well below a ms.
 */
export class Turns {
  private until = performance.now() + SLICE

  /** The slice is used up: the work should await `next` before it goes on. */
  get due(): boolean {
    return performance.now() >= this.until
  }

  /** Resolves in a new task and begins the next slice. */
  async next(): Promise<void> {
    await nextTask()
    this.until = performance.now() + SLICE
  }
}
