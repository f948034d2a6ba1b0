import type { ReplayedEvent } from '../api/adapter'
import { ownValue } from './quietly'

/**
 * Makes an event of an action so that `actionOf` can make the same action again:
 *
 *     { type }                            no payload
 *     { type, payload }                   payload
 *     { type, payload, meta }             { action }, with the whole action
 *     { type, payload: { action: … } }    { action } as well, or the way back would be ambiguous
 *
 * Returns undefined for what is no action (a thunk). May throw on a hostile action.
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

/** Makes the recorded action again. */
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
