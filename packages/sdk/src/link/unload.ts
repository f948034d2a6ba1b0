import { isProducerId } from '@playhead/shared/model/id'
import type { HelloMessage } from '@playhead/shared/wire/messages'
import { parse, scope, stringify } from '../natives'

export type Previous = NonNullable<HelloMessage['previous']>

const key = (name: string) => `playhead:${name}`

/** What an earlier page of this tab and origin wrote down; read once. Storage may be forbidden. */
export function takePrevious(name: string): Previous | null {
  try {
    const storage = scope.sessionStorage
    const text = storage?.getItem(key(name))
    if (!text) return null
    storage?.removeItem(key(name))
    const { producer, emitted, sent } = parse(text) as Record<string, unknown>
    if (!isProducerId(producer) || !isCount(emitted) || !isCount(sent) || sent > emitted) return null
    return { producer, emitted, sent }
  } catch {
    return null
  }
}

export function writePrevious(name: string, previous: Previous | null): void {
  try {
    if (previous) scope.sessionStorage?.setItem(key(name), stringify(previous))
    else scope.sessionStorage?.removeItem(key(name))
  } catch {
    // Forbidden or full: the next page has nothing to tell.
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
