import { messageOf } from '@playhead/shared/values/message-of'
import type { Store } from './store'

/** Says in the toast, for a moment, what was done or why it was not. */
export function say({ toast }: Pick<Store, 'toast'>, text: string): void {
  toast.value = { text, at: toast.value.at + 1 }
}

/** Shows a message that stays until the user dismisses it; `where` is the place in a file. */
export function showMessage({ message }: Pick<Store, 'message'>, text: string, where = ''): void {
  message.value = { text, where }
}

/** Shows why the work failed, if it does; the promise it returns never rejects. */
export async function guard(store: Pick<Store, 'message'>, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    showMessage(store, messageOf(error))
  }
}
