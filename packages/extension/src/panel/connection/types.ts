import type { ReadonlySignal } from '@preact/signals'

/** How the panel is connected with the page it inspects. */
export interface ConnectionState {
  /**
   * `starting` · `waiting`: the page can be reached, no recorder has answered · `connected` · `silent`: its recorders
   * were here and do not answer any more · `no-access`: the origin was not granted ·
   * `lost`: the page cannot be reached, for the reason in `message`.
   */
  phase: 'starting' | 'waiting' | 'connected' | 'silent' | 'no-access' | 'lost'
  page: { url: string; title: string; origin: string } | null
  frames: number
  message: string
  /** The origin whose access the user can grant, where it is missing. */
  permission: string | null
  /** How many messages of the page were dropped: they were no messages, or too many at once. */
  dropped: number
}

export interface Connection {
  readonly state: ReadonlySignal<ConnectionState>
  /** Asks for access to the page's origin; call it from a click. Absent where nothing can be granted. */
  grant?(): void
  /** Asks the page's recorders to come back here. Absent where that is not possible. */
  again?(): void
  dispose(): void
}
