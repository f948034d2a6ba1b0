export interface WaitOptions {
  /** Named in the error: "timed out after 10 s waiting for …". */
  what: string
  /** ms. Default 15,000. */
  timeout?: number | undefined
  /** ms between two looks. Default 50. */
  every?: number
}

/**
 * Resolves with the first truthy value of `condition`. A rejection counts as "not yet"; the last one is the error's cause.
 * A look that hangs cannot outlive the deadline.
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

/** Rejects where `promise` takes longer than `ms`. */
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
