/** Work that the app was asked for and finishes in later tasks, as its functions say by returning promises. */
export class AsyncWork {
  private readonly promises: Promise<unknown>[] = []
  private error: Error | undefined

  /** `changed` is called whenever there is more work, with a promise for all of it. */
  constructor(private readonly changed: (all: Promise<unknown>) => void = () => {}) {}

  /** Adds what a function of the app returned. Anything but a promise is work that is done already. */
  add(result: unknown, failed: (error: unknown) => void): void {
    if (!isThenable(result)) return
    this.promises.push(Promise.resolve(result).catch(failed))
    this.changed(Promise.all(this.promises))
  }

  /** Notes an error; the first one counts. */
  fail(error: Error): void {
    this.error ??= error
  }

  /** Calls `next` when all work is done, at once where there is none. `next` gets the error that was first noted. */
  whenDone(next: (error: Error | undefined) => void): void {
    if (this.promises.length === 0) next(this.error)
    else void Promise.all(this.promises).then(() => next(this.error))
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
