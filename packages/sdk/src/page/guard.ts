import { warnOnce } from './natives'

/** Runs a piece of the recorder; what it throws is reported on the console and does not reach the app. */
export function guard(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    warnOnce('internal error', error)
  }
}
