/** How a condition is waited for. */
export interface WaitOptions {
  /** What the error says: "timed out after 10 s waiting for …". */
  what: string
  /** ms after which it rejects. Default 15,000. */
  timeout?: number | undefined
  /** ms between two tries. Default 50. */
  every?: number
}

/**
 * Resolves with the first truthy value of `condition`, which is tried again and again. A try that throws or rejects counts as "not yet",
 * and the last one becomes the error's cause. A try that hangs does not hold up the deadline.
 */
export async function waitFor<T>(condition: () => T | Promise<T>, options: WaitOptions): Promise<NonNullable<T>> {
  const { what, timeout = 15_000, every = 50 } = options
  const deadline = Date.now() + timeout
  let cause: unknown
  while (Date.now() < deadline) {
    try {
      const value = await within(Promise.resolve(condition()), deadline - Date.now())
      if (value) return value
      cause = undefined
    } catch (error) {
      cause = error
    }
    await pause(every)
  }
  throw new Error(`timed out after ${timeout / 1000} s waiting for ${what}`, { cause })
}

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** Resolves as `promise` does. Rejects where that takes longer than `ms`. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
