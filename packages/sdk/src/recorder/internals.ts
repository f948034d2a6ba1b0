import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe } from '@playhead/shared/model/session'
import type { ReplayHooks } from '../api/recorder'
import type { ArtifactQueue } from '../artifacts/artifact-queue'
import type { GivenArtifact } from '../artifacts/given-artifact'
import type { Delivery } from '../delivery/delivery'
import type { Journal } from '../journal/journal'
import type { Descriptions } from './descriptions'
import type { Replayer, ReplayFeature } from './extensions'
import type { Settings } from './options'
import type { PanelConnection } from './panel-connection'
import type { Schemas } from './schemas'
import type { States } from './states'

/**
 * What the parts of one recorder share. The recorder makes it; the link, history and replay, which are loaded or built in beside the
 * recorder, read it and fill in what they bring. It holds types only, so that nobody loads a part by naming it here.
 */
export interface RecorderInternals {
  readonly id: ProducerId
  readonly settings: Settings
  /** The app's configuration as tagged JSON text, read when the recorder started; undefined where the app gave none. */
  readonly config: string | undefined
  readonly journal: Journal
  readonly states: States
  readonly schemas: Schemas
  readonly descriptions: Descriptions
  /** Artifacts that the app gave before there was a queue to put them into. */
  readonly waiting: GivenArtifact[]
  /** Undefined until somebody needs it (recorder/on-demand). */
  artifacts: ArtifactQueue | undefined
  readonly hooks: ReplayHooks[]
  /**
   * What an earlier page of this tab and origin wrote down when it went (page/previous-page), as text; null: nothing, or a panel was told.
   */
  previous: string | null
  /** Undefined until somebody wants batches as bytes (recorder/on-demand). */
  delivery: Delivery | undefined
  /** Undefined until the connector is there. */
  connection: PanelConnection | undefined
  /** Undefined where the app did not add `replay()`. */
  replayer: Replayer | undefined
  parseReplay: ReplayFeature['parse'] | undefined
  /** An isolated replay holds back what the app emits by itself: it is recorded and not dispatched. */
  isolated: boolean
  disposed: boolean
  /** Closes the open batch and sends what the buffer holds. */
  flush(): void
  /** Does what `flush` does after a delay in which further events may join the batch; does nothing where there is no link. */
  flushSoon(): void
  /** Makes a keyframe of one state; makes none where the app's `get` throws. */
  keyframe(state: string, why: Keyframe['why']): void
  /** Makes a keyframe of every registered state. */
  keyframes(why: Keyframe['why']): void
  /** Posts "a recorder is here" to every window that may show a panel. */
  announce(): void
}
