import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe } from '@playhead/shared/model/session'
import type { ReplayReport } from '@playhead/shared/wire/messages'
import type { ReplayHooks, StateAccess } from '../api/recorder'
import type { AttachedBus } from '../journal/attachments'
import { now, page, warnOnce } from '../page/natives'
import type { RecorderInternals } from '../recorder/internals'
import { takesOf } from './takes'

/**
 * What a replay goes into: the recorder of this page with the buses, states and hooks that the app registered. No function throws,
 * except where its comment says so.
 */
export interface ReplayTarget {
  readonly producer: ProducerId
  /** The page's origin; empty in Node. */
  readonly origin: string
  /** Returns the time now, in ms on the producer's clock. */
  now(): number
  /** Sends a report over the link; drops it where there is none. */
  send(report: ReplayReport): void
  /** Returns the bus with that number; undefined where it is detached or never was there. */
  bus(via: number): AttachedBus | undefined
  /** Returns the attached buses in the order of their numbers. */
  buses(): AttachedBus[]
  /**
   * Sets the take of every event, keyframe and mark from now on; 0 is the recording. `inputs` is the take of inputs outside `step` and of
   * what is emitted during their dispatch; by default it is `take`.
   */
  setTake(take: number, inputs?: number): void
  /**
   * Runs `emit` with an empty dispatch stack, so that what it emits is a root (flag `input`) in the current take, and what is emitted
   * meanwhile is caused by it. Errors pass through.
   */
  step(emit: () => void): void
  /** While true, what the app emits outside `step`, or inside one but below its root, is recorded and not dispatched. */
  setIsolated(isolated: boolean): void
  /** Returns the registered state as the app gave it; its functions may throw. */
  state(name: string): StateAccess | undefined
  states(): string[]
  /** Makes a keyframe of every registered state now, in the current take. */
  keyframe(why: Keyframe['why']): void
  /** Returns the hooks of `onReplay` in the order in which the app registered them; they may throw. */
  hooks(): ReplayHooks[]
  /** Closes the open batch and sends it now. */
  flush(): void
  /** Prints the message on the console, once. */
  warn(message: string, error?: unknown): void
}

/** Makes the target of this recorder. */
export function replayTarget(internals: RecorderInternals): ReplayTarget {
  const { journal, states, hooks } = internals
  const attached = journal.attachments.known
  return {
    producer: internals.id,
    origin: page?.location.origin ?? '',
    now,
    send: report => internals.connection?.link?.post(report),
    bus: via => attached[via - 1]?.bus,
    buses: () => attached.flatMap(({ bus }) => bus ?? []),
    setTake(take, inputs = take) {
      journal.take = take
      journal.takeOf = inputs === take ? undefined : takesOf(journal, take, inputs)
    },
    step(emit) {
      const { stack } = journal
      const { depth } = stack
      const before = journal.stepDepth
      stack.pushCause(undefined)
      journal.stepDepth = stack.depth
      try {
        emit()
      } finally {
        stack.depth = depth
        journal.stepDepth = before
      }
    },
    setIsolated(isolated) {
      internals.isolated = isolated
    },
    state: name => states.get(name),
    states: () => states.names,
    keyframe: why => internals.keyframes(why),
    hooks: () => [...hooks],
    flush: () => internals.flush(),
    warn: warnOnce,
  }
}
