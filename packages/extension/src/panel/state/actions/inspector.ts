import type { EntityTerm } from '@playhead/engine/contract/event'
import type { TabName } from '../inspector-store'

/** What the user does with the inspector. Implemented in `inspector/inspector-actions.ts`. */
export interface InspectorActions {
  showTab(tab: TabName): void
  /** Shows every event that has this value, in the tab for it. */
  showEntity(term: EntityTerm): void
  chooseEntity(term: EntityTerm): void
  turnOrder(): void
  /** The facts above the payload stand open. */
  setFacts(open: boolean): void
  /** Puts the keys to the line of this id, in the payload's tree or in the difference. */
  goToLine(id: string): void
  openLine(id: string, open: boolean): void
  /** Opens all lines above one, and goes to it. */
  revealLine(id: string, above: readonly string[]): void
  search(text: string): void
  /** Opens a line of the difference that stands folded at first, folds one that stands open, and back. */
  turnLine(id: string): void
  setDiffPath(text: string): void
  setAsRecorded(asRecorded: boolean): void
  setWrap(wrap: boolean): void
  /** px of its width, or of its height where it stands below the list; at least 120. */
  resize(size: number): void
}
