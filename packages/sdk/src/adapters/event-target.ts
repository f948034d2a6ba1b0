import type { Adapter, ReplayedEvent } from '../api/adapter'
import { CannotReplay } from '../api/cannot-replay'
import { aroundOr } from './around'
import { describeEvent } from './describe-event'
import { quietly } from './quietly'
import { wrapMethod } from './wrap'

export interface EventTargetOptions {
  /** Returns what is recorded of an event. Default: its `detail`, its `data`, or a few harmless fields. */
  payload?: (event: Event) => unknown
  /** Makes the event that a replay dispatches. Event classes of the app's own need it. */
  create?: (event: ReplayedEvent) => Event
}

/** How the last event of one type was made. A replay makes it in the same way: what bubbled in the recording bubbles again. */
interface Shape {
  init: EventInit
  /** Which constructor makes it: `Event`, `CustomEvent` with a `detail`, or a class of the app's own that nobody here knows. */
  as: 'event' | 'detail' | 'unknown'
}

/** Shapes are remembered of so many types at most. */
const SHAPES = 1000

/**
 * Records what the app dispatches on `target` by wrapping `dispatchEvent` on the instance. Events the browser dispatches itself are
 * heard for the given `types` only, through one capturing listener each; they cannot be replayed.
 */
export function eventTargetAdapter(
  target: EventTarget,
  types: string[] = [],
  options: EventTargetOptions = {},
): Adapter {
  const payloadOf = options.payload ?? describeEvent
  const shapes = new Map<string, Shape>()
  const own = new WeakSet<object>()
  const remember = (event: Event) => {
    const shape = quietly(() => shapeOf(event), undefined)
    if (shape && (shapes.size < SHAPES || shapes.has(event.type))) shapes.set(event.type, shape)
  }
  return {
    name: 'event-target',
    connect(tap) {
      const restore = wrapMethod(target, 'dispatchEvent', (dispatch, self, args) => {
        const event = args[0]
        if (!(event instanceof Event)) return dispatch.apply(self, args)
        own.add(event)
        remember(event)
        const payload = quietly(() => payloadOf(event), undefined)
        return aroundOr(tap, event.type, payload, () => dispatch.apply(self, args), true)
      })
      const hear = (event: Event) => {
        if (!own.has(event))
          tap.heard(
            event.type,
            quietly(() => payloadOf(event), undefined),
          )
      }
      for (const type of types) target.addEventListener(type, hear, { capture: true, passive: true })
      return () => {
        restore()
        for (const type of types) target.removeEventListener(type, hear, { capture: true })
      }
    },
    replay(event) {
      target.dispatchEvent(options.create ? options.create(event) : create(event, shapes.get(event.type)))
    },
  }
}

function shapeOf(event: Event): Shape {
  const { bubbles, cancelable, composed, constructor: made } = event
  const as = made === Event ? 'event' : made === CustomEvent ? 'detail' : 'unknown'
  return { init: { bubbles, cancelable, composed }, as }
}

function create({ type, payload }: ReplayedEvent, shape?: Shape): Event {
  if (shape?.as === 'unknown')
    throw new CannotReplay(`${type} is of a class of the app's own: give eventTargetAdapter a create()`)
  const plain = shape ? shape.as === 'event' : payload === undefined
  return plain ? new Event(type, shape?.init) : new CustomEvent(type, { ...shape?.init, detail: payload })
}
