import type { Sort, SortKey } from '@playhead/engine/contract/view'
import type { Column } from '../columns'

/** What the list shows, and how. Implemented in `list/list-actions.ts`. */
export interface ListActions {
  /** Asks the engine for the view that the store describes: session, filter, order, groups. Settles when its status is in the store. */
  show(): Promise<void>
  /** Names the event that stays in place whatever arrives, −1 for none, to store and engine. */
  setAnchor(seq: number): void
  /** Lets go of the anchor without a word to the engine: the view it belonged to is not shown any more. */
  forgetAnchor(): void
  setColumns(columns: readonly Column[]): void
  /** Shows the column, or takes it away. */
  toggleColumn(column: Column): void
  addColumn(column: Column): void
  /** `width` is in pixels. */
  resizeColumn(id: string, width: number): void
  setSort(sort: Sort): void
  /** Orders by a column as a click on its head does: up, then down, then as it was recorded. */
  sortBy(by: 'time' | SortKey): void
  /** Shows consecutive events of one type as one row, or each as its own. */
  toggleGroups(): void
  openGroup(seq: number, open: boolean): void
  /** Shows the event's payload below it in the list, or hides it. A closed group opens first, an open one closes last. */
  unfold(seq: number, open: boolean): Promise<void>
  foldAll(): void
  /** Forgets what was unfolded without a word to the engine: the events of another session are others. */
  forgetUnfolded(): void
}

/** Which event is looked at, and which ones are chosen besides. Implemented in `list/selection-actions.ts`. */
export interface SelectionActions {
  /** Looks at the event of this seq, or at none (−1). `reveal` scrolls the list to it. */
  select(seq: number, reveal?: boolean): void
  /** Looks at the event, scrolls to it, and chooses it alone. */
  goTo(seq: number): void
  /** Chooses as a click on a row does: it alone, with Ctrl or ⌘ one more or one less, with Shift every event up to it. */
  pick(seq: number, how: 'alone' | 'toggle' | 'range'): void
  /** Chooses every event from the pivot to this one, looks at this one, and scrolls to it. */
  extendTo(seq: number): void
  /** Chooses all events of the list, at most 10,000 of them. */
  pickAll(): void
  /** Chooses these; the first of them is where a range begins. */
  choose(seqs: readonly number[]): void
  /** Copies the chosen events, or else the selected one. */
  copy(form: 'json' | 'line'): Promise<void>
  /** Bookmarks the selected event, or takes the mark away. */
  toggleBookmark(): Promise<void>
}

/** Goes from event to event. Moves that are asked for while one is under way wait for it. Implemented in `list/move-actions.ts`. */
export interface MoveActions {
  /** Goes so many rows down, or up where negative; `extend` chooses what lies between as well. */
  move(by: number, extend?: boolean): void
  first(): void
  /** Goes to the newest event and follows what arrives. */
  last(): void
  /** Gives up the moves that wait. */
  stay(): void
  /** Goes to the next or the last match; where nothing is looked for, every row is one. */
  nextMatch(step: 1 | -1): void
  /** Goes to the event of the selected one's type after or before it. */
  sameType(step: 1 | -1): void
  /** Goes to the event that caused the selected one. */
  cause(): void
  /** Goes to the first event that the selected one caused. */
  firstEffect(): void
  /** Unfolds or folds the event that the moves under way lead to. */
  unfoldSelected(open: boolean): void
}
