import type { ReplayControl, ReplayPlan } from '@playhead/engine/contract/replay'

/** What the user does with a recording in the live page. Implemented in `replay/replay-actions.ts`. */
export interface ReplayActions {
  /** Replays into the page itself where that is of the recording's origin, else into a frame that is. `speed` 0 is as fast as possible. */
  start(plan: ReplayPlan, speed: number): Promise<void>
  control(command: ReplayControl): void
  /** Takes the bar of a replay away that is over. */
  dismiss(): void
}
