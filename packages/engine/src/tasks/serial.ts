/**
 * Runs tasks one after the other, in the order they were given. A synchronous task is run at once while no asynchronous one is under way,
 * so that the common case costs no promise.
 */
export class Serial {
  private readonly waiting: (() => void)[] = []
  private busy = false

  /** Returns what `task` returns: its value if it was run at once, otherwise a promise of it, which rejects if the task throws. */
  run<T>(task: () => T | Promise<T>): T | Promise<T> {
    if (!this.busy) return this.start(task)
    return new Promise<T>((resolve, reject) => {
      this.waiting.push(() => {
        try {
          const result = this.start(task)
          if (result instanceof Promise) result.then(resolve, reject)
          else resolve(result)
        } catch (error) {
          reject(error)
        }
      })
    })
  }

  private start<T>(task: () => T | Promise<T>): T | Promise<T> {
    const result = task()
    if (!(result instanceof Promise)) return result
    this.busy = true
    return result.finally(() => {
      this.busy = false
      while (!this.busy && this.waiting.length > 0) this.waiting.shift()!()
    })
  }
}
