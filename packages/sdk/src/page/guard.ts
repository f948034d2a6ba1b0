import { warnOnce } from './natives'

/** Runs what must not throw into the app. */
export function guard(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    warnOnce('internal error', error)
  }
}
