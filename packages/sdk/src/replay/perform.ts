import { messageOf } from '@playhead/shared/values/message-of'
import { revive } from '@playhead/shared/values/revive'
import type { ReplayStep } from '@playhead/shared/wire/messages'
import { isCannotReplay } from '../api/cannot-replay'
import type { ReplayedEvent } from '../api/types'
import type { ReplayHost, ReplayTarget } from '../recorder/replay-host'
import { isThenable } from './async-work'

/** Why an event could not be emitted, or undefined: it was. */
export type Performed = string | undefined

/**
 * Emits one recorded event again. A promise, which never rejects, where the attachment needs more than this task for it. What the app's
 * handlers throw is reported, not passed on.
 */
export function perform(host: ReplayHost, step: ReplayStep): Performed | Promise<Performed> {
  const { type, source } = step
  const target = targetOf(host, step)
  if (!target) return `nothing in this page records ${source || type}`
  const emit = target.replay
  if (!emit) return `${target.name} is observe-only`
  let event: ReplayedEvent | undefined
  try {
    event = eventOf(target, step)
  } catch (error) {
    return `the payload of ${type} could not be made again: ${messageOf(error)}`
  }
  if (!event) return `the payload of ${type} is not whole`
  const again = event
  const failed = (error: unknown): Performed => {
    if (isCannotReplay(error)) return messageOf(error)
    host.warn(`a handler of ${type} threw in the replay`, error)
    return undefined
  }
  try {
    let later: unknown
    host.step(() => {
      later = emit(again)
    })
    return isThenable(later) ? Promise.resolve(later).then(() => undefined, failed) : undefined
  } catch (error) {
    return failed(error)
  }
}

/** By number where the source agrees; else, after a reload with other numbers, the only attachment of that source. */
function targetOf(host: ReplayHost, { via, source }: ReplayStep): ReplayTarget | undefined {
  const numbered = host.target(via)
  if (numbered?.source === source) return numbered
  const others = host.targets().filter(target => target.source === source)
  return others.length === 1 ? others[0] : undefined
}

function eventOf(target: ReplayTarget, { type, source, payload }: ReplayStep): ReplayedEvent | undefined {
  const { value, whole } = payload === '' ? { value: undefined, whole: true } : revive(payload)
  const event = { type, source, payload: value }
  if (whole) return event
  const revived = target.revive?.(event)
  return revived === undefined ? undefined : { ...event, payload: revived }
}
