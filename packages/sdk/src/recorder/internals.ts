/** Types only: the recorder's insides, for what is loaded or built in beside it (link, history, replay). */
import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe } from '@playhead/shared/model/session'
import type { ReplayHooks } from '../api/types'
import type { Artifacts } from '../artifacts/artifact-queue'
import type { GivenArtifact } from '../artifacts/given-artifact'
import type { Delivery } from '../delivery/delivery'
import type { Journal } from '../journal/journal'
import type { Connection } from '../link/connection'
import type { Descriptions } from './descriptions'
import type { Settings } from './options'
import type { ReplayExtension, Replayer } from './replay-host'
import type { Schemas } from './schemas'
import type { States } from './states'

export interface Core {
  readonly id: ProducerId
  readonly settings: Settings
  /** The app's configuration as tagged JSON text, as it was at the start; undefined: it has none. */
  readonly config: string | undefined
  readonly journal: Journal
  readonly states: States
  readonly schemas: Schemas
  readonly descriptions: Descriptions
  /** Artifacts from before there was a keeper. */
  readonly waiting: GivenArtifact[]
  /** Undefined until there is something to keep. */
  artifacts: Artifacts | undefined
  readonly hooks: ReplayHooks[]
  /** What an earlier page of this tab and origin wrote down at unload; null: nothing, or it was told. */
  previous: string | null
  /** Undefined until somebody wants bytes. */
  delivery: Delivery | undefined
  /** Undefined until somebody listens. */
  connection: Connection | undefined
  replayer: Replayer | undefined
  parseReplay: ReplayExtension['parse'] | undefined
  /** Replay holds back what the app emits by itself. */
  isolated: boolean
  disposed: boolean
  /** Closes the open batch and sends what there is. */
  flush(): void
  /** As `flush`, after a while that others may use. Nothing where nobody listens. */
  flushSoon(): void
  /** Makes a keyframe of one state; of none where the app's `get` throws. */
  keyframe(state: string, why: Keyframe['why']): void
  /** Makes a keyframe of every registered state. */
  keyframes(why: Keyframe['why']): void
  /** Says "I am here" to whoever may listen. */
  announce(): void
}
