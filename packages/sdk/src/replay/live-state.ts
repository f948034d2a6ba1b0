import { messageOf } from '@playhead/shared/values/message-of'
import type { ReplayHooks, StateAccess } from '../api/recorder'
import { AsyncWork } from './async-work'
import type { ReplayTarget } from './target'

/**
 * The app as it was when the replay began: what every registered state was, and which `onReplay` hooks were called. States are kept by
 * reference, as `get()` returned them.
 */
export class LiveState {
  private readonly states: { name: string; set: (state: unknown) => unknown; state: unknown }[] = []
  private readonly stopped: ReplayHooks[] = []

  constructor(private readonly target: ReplayTarget) {}

  /** Keeps every state that can be restored. Throws, with nothing changed, where one cannot be read. */
  keep(): void {
    for (const name of this.target.states()) {
      const access = this.target.state(name)
      if (!access?.set) continue
      try {
        this.states.push({ name, set: access.set.bind(access), state: access.get() })
      } catch (error) {
        throw new Error(`the state ${name} could not be read: ${messageOf(error)}`)
      }
    }
  }

  /** Calls the start hooks of `onReplay`. Throws where one does; `restore` calls the end hooks of those before it. */
  stop(): void {
    for (const hooks of this.target.hooks()) {
      try {
        hooks.start?.()
      } catch (error) {
        throw new Error(`an onReplay start hook failed: ${messageOf(error)}`)
      }
      this.stopped.push(hooks)
    }
  }

  /** Puts the states back and nothing else; the promises among what they return are the result. */
  putBack(failed: (name: string, error: unknown) => void = () => {}): AsyncWork {
    const pending = new AsyncWork()
    for (const { name, set, state } of this.states) {
      try {
        pending.add(set(state), error => failed(name, error))
      } catch (error) {
        failed(name, error)
      }
    }
    return pending
  }

  /**
   * Puts the states back and calls the end hooks, whatever fails on the way. `then` hears what failed: at once, unless a state takes its
   * time.
   */
  restore(then: (problems: string) => void): void {
    const problems: string[] = []
    this.putBack((name, error) =>
      problems.push(`the state ${name} could not be restored: ${messageOf(error)}`),
    ).whenDone(() => {
      // From here on the app runs for real again.
      this.target.setTake(0)
      for (const hooks of this.stopped) {
        try {
          hooks.end?.()
        } catch (error) {
          problems.push(`an onReplay end hook failed: ${messageOf(error)}`)
        }
      }
      then(problems.join('; '))
    })
  }
}

/** Sets a recorded state; returns why that is not possible, or an empty text. Throws where the app does. */
export function setState(name: string, access: StateAccess | undefined, state: unknown, pending: AsyncWork): string {
  if (!access) return `the state ${name} is not registered in this page`
  if (!access.set) return `the state ${name} can only be looked at`
  try {
    pending.add(access.set(state), error =>
      pending.fail(new Error(`the state ${name} could not be set: ${messageOf(error)}`)),
    )
    return ''
  } catch (error) {
    throw new Error(`the state ${name} could not be set: ${messageOf(error)}`)
  }
}
