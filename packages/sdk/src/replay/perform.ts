import { messageOf } from '@playhead/shared/values/message-of'
import { revive } from '@playhead/shared/values/revive'
import type { ReplayStep } from '@playhead/shared/wire/messages'
import type { ReplayedEvent } from '../api/adapter'
import { isCannotReplay } from '../api/cannot-replay'
import type { AttachedBus } from '../journal/attachments'
import { isThenable } from './async-work'
import type { ReplayTarget } from './target'

/** Says why an event could not be emitted; undefined: it was. */
export type Performed = string | undefined

/**
 * Emits one recorded event again. Returns a promise, which never rejects, where the attachment needs more than this task for it. What the
 * app's handlers throw is reported on the console and not passed on.
 */
export function perform(target: ReplayTarget, step: ReplayStep): Performed | Promise<Performed> {
  const { type, source } = step
  const bus = busOf(target, step)
  if (!bus) return `nothing in this page records ${source || type}`
  const emit = bus.replay
  if (!emit) return `${bus.name} is observe-only`
  let event: ReplayedEvent | undefined
  try {
    event = eventOf(bus, step)
  } catch (error) {
    return `the payload of ${type} could not be made again: ${messageOf(error)}`
  }
  if (!event) return `the payload of ${type} is not whole`
  const again = event
  const failed = (error: unknown): Performed => {
    if (isCannotReplay(error)) return messageOf(error)
    target.warn(`a handler of ${type} threw in the replay`, error)
    return undefined
  }
  try {
    let later: unknown
    target.step(() => {
      later = emit(again)
    })
    return isThenable(later) ? Promise.resolve(later).then(() => undefined, failed) : undefined
  } catch (error) {
    return failed(error)
  }
}

/** Finds the bus by its number, if the source agrees. A reload may have given it another number: then it is the only bus of that source. */
function busOf(target: ReplayTarget, { via, source }: ReplayStep): AttachedBus | undefined {
  const numbered = target.bus(via)
  if (numbered?.source === source) return numbered
  const others = target.buses().filter(bus => bus.source === source)
  return others.length === 1 ? others[0] : undefined
}

function eventOf(bus: AttachedBus, { type, source, payload }: ReplayStep): ReplayedEvent | undefined {
  const { value, whole } = payload === '' ? { value: undefined, whole: true } : revive(payload)
  const event = { type, source, payload: value }
  if (whole) return event
  const revived = bus.revive?.(event)
  return revived === undefined ? undefined : { ...event, payload: revived }
}
