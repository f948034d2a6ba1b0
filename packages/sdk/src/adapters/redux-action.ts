import type { ReplayedEvent } from '../api/adapter'
import { ownValue } from './quietly'

/**
 * The payload of `{ type, payload }` is its payload and that of `{ type }` undefined; every other action is `{ action }`, whole, and so
 * is one whose payload looks like that. Undefined: no action (a thunk). May throw on a hostile action.
 */
export function eventOf(action: unknown): { type: string; payload: unknown } | undefined {
  if (!isAction(action)) return undefined
  const type = String(action.type)
  const keys = Object.keys(action)
  if (keys.length === 1) return { type, payload: undefined }
  const payload = ownValue(action, 'payload')
  const bare = keys.length === 2 && payload !== undefined && !isWrapped(payload)
  return { type, payload: bare ? payload : { action } }
}

/** The recorded action again. */
export function actionOf({ type, payload }: ReplayedEvent): unknown {
  if (payload === undefined) return { type }
  return isWrapped(payload) ? payload.action : { type, payload }
}

function isAction(action: unknown): action is { type: unknown } {
  return typeof action === 'object' && action !== null && 'type' in action
}

function isWrapped(payload: unknown): payload is { action: unknown } {
  if (typeof payload !== 'object' || payload === null) return false
  return Object.keys(payload).length === 1 && isAction(ownValue(payload, 'action'))
}
