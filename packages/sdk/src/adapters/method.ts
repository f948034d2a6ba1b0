import type { Adapter, EventAbout, ReplayedEvent } from '../api/adapter'
import { argsOf, payloadOf } from './args'
import { quietly } from './quietly'
import { recordMethod } from './record-method'
import { typeNames } from './type-names'

/** What a call of the method is called with, and on which object. */
export type MethodCall<A extends unknown[] = unknown[]> = (args: A, self: unknown) => unknown

export interface MethodAdapterOptions<A extends unknown[] = unknown[]> {
  /** Names the adapter, and the source of its events where `attach` names none. Default: the name of the method. */
  name?: string
  /** The type of all events, or a function that takes it from the arguments; undefined: this call is no event. Default: the first argument. */
  type?: string | ((args: A, self: unknown) => string | undefined)
  /** What is recorded of a call. Default: the arguments behind the type. */
  payload?: MethodCall<A>
  source?: string | ((args: A, self: unknown) => string | undefined)
  level?: EventAbout['level'] | ((args: A, self: unknown) => EventAbout['level'])
  kind?: EventAbout['kind'] | ((args: A, self: unknown) => EventAbout['kind'])
  /** True: the event came from outside the app's logic. */
  input?: boolean | ((args: A, self: unknown) => boolean | undefined)
  /** The id of the event that caused it. Default: the event that is being dispatched. */
  cause?: (args: A, self: unknown) => EventAbout['causedBy']
  /** Emits a recorded event again. Default: calls the method with type and payload, where neither `type` nor `payload` is given. False: cannot. */
  replay?: ((event: ReplayedEvent) => unknown) | false
  /** True: the method returns a promise, and the event lasts until it settles. Default: it is looked at. */
  settles?: boolean
  /** What a call returns where an isolated replay holds it back. Default: undefined. */
  held?: (args: A) => unknown
}

/** The names of an object's methods. */
export type MethodName<T> = { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T] & string

type ArgsOf<T, K extends keyof T> = T[K] extends (...args: infer A) => unknown ? A : unknown[]

/**
 * Records any bus by one of its methods: `methodAdapter(map, 'fire')`. Each call is an event, and what is called meanwhile is caused by it.
 */
export function methodAdapter<T extends object, K extends MethodName<T>>(
  target: T,
  method: K,
  options: MethodAdapterOptions<ArgsOf<T, K>> = {},
): Adapter {
  // Inside, the arguments are whatever the app gives.
  const given = options as unknown as MethodAdapterOptions
  const { type, payload, source, level, kind, input, cause, settles = true, held } = given
  const names = typeNames()
  const aboutOf =
    source !== undefined || level !== undefined || kind !== undefined || input !== undefined || cause
      ? (args: unknown[], self: unknown): EventAbout => ({
          source: pick(source, args, self),
          level: pick(level, args, self),
          kind: pick(kind, args, self),
          input: pick(input, args, self),
          causedBy: pick(cause, args, self),
        })
      : undefined
  const typeOf = (args: unknown[], self: unknown) =>
    type === undefined ? names.of(args[0]) : (pick(type, args, self) as string | undefined)
  const payloadFrom = payload ?? (args => payloadOf(type === undefined ? args.slice(1) : args))

  const adapter: Adapter = {
    name: given.name ?? method,
    bus: target,
    part: method,
    connect: tap =>
      recordMethod(
        tap,
        target,
        method,
        (args, self) => {
          const named = typeOf(args, self)
          if (named === undefined) return undefined
          return {
            type: named,
            payload: quietly(() => payloadFrom(args, self), undefined),
            about: aboutOf?.(args, self),
          }
        },
        { settles, held: held as (args: unknown[]) => unknown },
      ),
  }
  if (given.replay) adapter.replay = given.replay
  else if (given.replay === undefined && type === undefined && payload === undefined)
    adapter.replay = event => {
      const call = target[method] as (...args: unknown[]) => unknown
      return call.apply(target, [names.back(event.type, []), ...argsOf(event.payload)])
    }
  return adapter
}

/** Returns a value that was given as such or as a function; undefined where that throws. */
function pick<V>(given: V | ((args: unknown[], self: unknown) => V) | undefined, args: unknown[], self: unknown) {
  if (typeof given !== 'function') return given
  return quietly(() => (given as (args: unknown[], self: unknown) => V)(args, self), undefined)
}
