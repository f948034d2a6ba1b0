import type { HelloMessage } from '@playhead/shared/wire/messages'
import { scope, stringify } from './natives'

export type Previous = NonNullable<HelloMessage['previous']>

const key = (name: string) => `playhead:${name}`

/**
 * Takes what an earlier page of this tab and origin wrote down, as text. Null where there is nothing, or the browser forbids the storage.
 */
export function takePrevious(name: string): string | null {
  try {
    const text = (scope.sessionStorage as Storage).getItem(key(name))
    writePrevious(name, null)
    return text
  } catch {
    return null
  }
}

/** Writes down for the next page how far this one's recording got, or removes it. */
export function writePrevious(name: string, previous: Previous | null): void {
  try {
    const storage = scope.sessionStorage as Storage
    if (previous) storage.setItem(key(name), stringify(previous))
    else storage.removeItem(key(name))
  } catch {
    // The storage is forbidden or full: the next page has nothing to tell.
  }
}
