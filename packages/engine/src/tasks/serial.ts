/** Runs tasks one after the other in the order given; a task that needs no waiting runs at once where none is under way. */
export class Serial {
  private readonly waiting: (() => void)[] = []
  private busy = false

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
