import type { ViewStatus } from '@playhead/engine/contract/view'

/** Counts the events that came into a list since the user left its newest ones. */
export class NewEvents {
  private view = -1
  private known = 0
  /** All events that were there already are found: what is more from now on has come. */
  private isFound = false

  /** Lines of unfolded payloads and opened groups are no new events, nor is what another filter lets through. */
  count({ view, matched, done }: Pick<ViewStatus, 'view' | 'matched' | 'done'>, following: boolean): number {
    if (following || view !== this.view || !this.isFound) {
      this.isFound = done || (this.isFound && view === this.view)
      this.view = view
      this.known = matched
    }
    return Math.max(0, matched - this.known)
  }
}
