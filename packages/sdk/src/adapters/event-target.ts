import type { Adapter, ReplayedEvent, Tap } from '../api/adapter'
import { CannotReplay } from '../api/cannot-replay'
import { classOf, describeEvent, isEvent } from './describe-event'
import { hear } from './hear'
import { quietly } from './quietly'
import { type MethodEvent, recordMethod } from './record-method'

export interface EventTargetOptions {
  /** Returns what is recorded of an event. Default: its `detail`, its `data`, or a few harmless fields. */
  payload?: (event: Event) => unknown
  /** Makes the event that a replay dispatches. Event classes of the app's own need it. */
  create?: (event: ReplayedEvent) => Event
}

/** How the last event of one type was made. A replay makes it in the same way: what bubbled in the recording bubbles again. */
interface Shape {
  init: EventInit
  /**
   * Which constructor makes it: `Event`, `CustomEvent` with a `detail`, `MessageEvent` with `data`, or another class, whose events have more
   * in them than was recorded.
   */
  as: 'Event' | 'CustomEvent' | 'MessageEvent' | 'unknown'
}

/** Shapes are remembered of so many types at most. */
const SHAPES = 1000

/** What one recorder records of one target, by however many attachments: they may differ in the types that they hear. */
interface Shared {
  users: number
  /** Events that were recorded as they were dispatched, and are not heard a second time. */
  seen: WeakSet<object>
  stop(): void
}

const shared = new WeakMap<EventTarget, Map<string, Shared>>()

/**
 * Records what the app dispatches on `target` by wrapping `dispatchEvent` on the instance. Events the browser dispatches itself are
 * heard for the given `types` only, through one capturing listener each; of these, messages and custom events can be replayed.
 */
export function eventTargetAdapter(
  target: EventTarget,
  types: string[] = [],
  options: EventTargetOptions = {},
): Adapter {
  const payloadOf = options.payload ?? describeEvent
  const shapes = new Map<string, Shape>()
  /** Returns what is recorded of an event, and remembers how it was made. */
  const read = (event: Event) => {
    const shape = quietly(() => shapeOf(event), undefined)
    if (shape && (shapes.size < SHAPES || shapes.has(event.type))) shapes.set(event.type, shape)
    return { type: event.type, payload: quietly(() => payloadOf(event), undefined) }
  }
  return {
    name: 'event-target',
    bus: target,
    part: [...types].sort().join(' '),
    connect(tap) {
      const all = shared.get(target) ?? new Map<string, Shared>()
      shared.set(target, all)
      const here = all.get(tap.recorder) ?? recordDispatch(tap, target, read)
      all.set(tap.recorder, here)
      here.users++
      const stops = types.map(type =>
        hear(target, type, event => {
          if (here.seen.has(event)) return
          here.seen.add(event)
          const { type, payload } = read(event)
          tap.heard(type, payload)
        }),
      )
      return () => {
        for (const stop of stops) stop()
        if (--here.users > 0) return
        all.delete(tap.recorder)
        here.stop()
      }
    },
    replay(event) {
      target.dispatchEvent(options.create ? options.create(event) : create(event, shapes.get(event.type)))
    },
  }
}

function recordDispatch(tap: Tap, target: EventTarget, read: (event: Event) => MethodEvent): Shared {
  const seen = new WeakSet<object>()
  const eventOf = ([event]: unknown[]) => {
    if (!isEvent(event)) return undefined
    seen.add(event)
    return read(event)
  }
  return { users: 0, seen, stop: recordMethod(tap, target, 'dispatchEvent', eventOf, { held: () => true }) }
}

function shapeOf(event: Event): Shape {
  const { bubbles, cancelable, composed } = event
  const name = classOf(event)
  const known = name === 'Event' || name === 'CustomEvent' || name === 'MessageEvent'
  return { init: { bubbles, cancelable, composed }, as: known ? name : 'unknown' }
}

function create({ type, payload }: ReplayedEvent, shape?: Shape): Event {
  if (shape?.as === 'unknown')
    throw new CannotReplay(`${type} is an event of another class: give eventTargetAdapter a create()`)
  if (shape?.as === 'MessageEvent') return new MessageEvent(type, { ...shape.init, data: payload })
  const plain = shape ? shape.as === 'Event' : payload === undefined
  return plain ? new Event(type, shape?.init) : new CustomEvent(type, { ...shape?.init, detail: payload })
}
