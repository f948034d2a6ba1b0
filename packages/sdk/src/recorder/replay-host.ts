/** Types only: what the replayer asks of the recorder (replay/host), and what the recorder expects of it. */
import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe } from '@playhead/shared/model/session'
import type { ReplayCommand, ReplayReport } from '@playhead/shared/wire/messages'
import type { ReplayedEvent, ReplayHooks, StateAccess } from '../api/types'
import type { Core } from './internals'

/** An attachment as the replayer sees it. */
export interface ReplayTarget {
  /** Its number: the `via` of the events it recorded. */
  id: number
  name: string
  source: string
  /** Absent: observe-only. May throw (the app's handlers run inside). A promise: emitted once it settles. */
  replay?: (event: ReplayedEvent) => unknown
  /** Restores what a payload lost; undefined = cannot. May throw. */
  revive?: (event: ReplayedEvent) => unknown
}

/** The recorder, for the replayer. No function throws, except where said. */
export interface ReplayHost {
  readonly producer: ProducerId
  /** The page's origin; empty in Node. */
  readonly origin: string
  /** ms on the producer's clock. */
  now(): number
  /** Over the link; dropped where there is none. */
  send(report: ReplayReport): void
  /** Undefined: detached, or never there. */
  target(via: number): ReplayTarget | undefined
  /** Living attachments in the order of their numbers. */
  targets(): ReplayTarget[]
  /**
   * Take of every event, keyframe and mark from now on; 0 = the recording. `inputs`: take of events marked as input outside `step`, and
   * of what is emitted during their dispatch; default `take`.
   */
  setTake(take: number, inputs?: number): void
  /**
   * Runs `emit` with an empty dispatch stack, so that what it emits is a root (flag `input`) in the current take, and what is emitted
   * meanwhile is caused by it. Errors pass through.
   */
  step(emit: () => void): void
  /** While true, what the app emits outside `step`, or inside one but below its root, is recorded and not dispatched. */
  setIsolated(isolated: boolean): void
  /** The registered state, as the app gave it (its functions may throw). */
  state(name: string): StateAccess | undefined
  states(): string[]
  /** Makes a keyframe of every registered state now, in the current take. */
  keyframe(why: Keyframe['why']): void
  /** The hooks of `onReplay`, in order of registration (they may throw). */
  hooks(): ReplayHooks[]
  /** Sends the open batch now. */
  flush(): void
  /** Reports once per message on the console. */
  warn(message: string, error?: unknown): void
}

/** The replayer, for the recorder. */
export interface Replayer {
  /** A validated command that came over the link. Must not throw. */
  command(command: ReplayCommand): void
  /** The link is gone or was replaced: stop and go back to the live state. Must not throw. */
  linkLost(): void
  dispose(): void
}

/** What `createRecorder({ extensions })` takes for replay: `replay()` of `@playhead/sdk/replay` makes one. */
export interface ReplayExtension {
  kind: 'replay'
  /** Checks a command that came over the link. Throws WireError. */
  parse(message: Record<string, unknown>): ReplayCommand
  connect(core: Core): Replayer
}
