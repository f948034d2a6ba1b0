import type { Tap } from '../api/adapter'
import { type MethodEvent, recordMethod } from './record-method'

const { getPrototypeOf, hasOwn } = Object

/**
 * Returns the prototype whose method `super.emit()` calls, where a class overrides the method: its own calls do not go through the instance.
 * Undefined where nothing is overridden.
 */
function overridden(target: object, key: string): object | undefined {
  let found = 0
  for (let object: object | null = target; object; object = getPrototypeOf(object)) {
    if (hasOwn(object, key) && ++found === 2) return object
  }
  return undefined
}

/**
 * Records a method of an instance, and what the class itself emits through `super`. An override that calls `super` with the event that it was
 * called with is one event.
 */
export function recordWithSuper(
  tap: Tap,
  target: object,
  key: string,
  eventOf: (args: unknown[]) => MethodEvent | undefined,
  held: () => unknown,
): () => void {
  const parent = overridden(target, key)
  if (!parent) return recordMethod(tap, target, key, eventOf, { held })
  /** The type of the event whose override runs now and has not called `super` yet. */
  let passing: string | undefined
  const above = recordMethod(
    tap,
    parent,
    key,
    (args, self) => {
      if (self !== target) return undefined
      const event = eventOf(args)
      if (event === undefined || event.type !== passing) return event
      passing = undefined
      return undefined
    },
    { held },
  )
  const own = recordMethod(
    tap,
    target,
    key,
    args => {
      const event = eventOf(args)
      passing = event?.type
      return event
    },
    { held },
  )
  return () => {
    own()
    above()
  }
}
