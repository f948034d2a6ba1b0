/** What the app was asked for and does in a later task. */
export class AsyncWork {
  private readonly promises: Promise<unknown>[] = []
  private error: Error | undefined

  /** `changed` hears of a promise for all that is under way, whenever there is more of it. */
  constructor(private readonly changed: (all: Promise<unknown>) => void = () => {}) {}

  /** Takes what a function of the app returned; anything but a promise is done already. */
  add(result: unknown, failed: (error: unknown) => void): void {
    if (!isThenable(result)) return
    this.promises.push(Promise.resolve(result).catch(failed))
    this.changed(Promise.all(this.promises))
  }

  fail(error: Error): void {
    this.error ??= error
  }

  /** Calls `next` when all of it is done: at once where nothing is left to wait for. */
  whenDone(next: (error: Error | undefined) => void): void {
    if (this.promises.length === 0) next(this.error)
    else void Promise.all(this.promises).then(() => next(this.error))
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
