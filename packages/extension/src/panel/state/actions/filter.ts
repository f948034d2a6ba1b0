import type { Clause, TermKey } from '@playhead/shared/filter/filter'
import type { SavedFilter } from '../stored-filters'

/** What the user does with the filter. Implemented in `filter/filter-actions.ts` and the files beside it. */
export interface FilterActions extends FilterText, FilterOffers, SavedFilters, Permalinks {}

/** Changes the text of the filter box, which is the one truth about the filter. */
export interface FilterText {
  setText(text: string): void
  /** The box filters, or finds among all events. */
  setFinding(finding: boolean): void
  /** Adds one more condition. */
  add(clause: Clause): void
  /** Puts what a control over the box says of `keys` in place of what the box said of them. */
  setClauses(keys: readonly TermKey[], clauses: readonly Clause[], not?: boolean | 'both'): void
}

/** Loads names, fields and values that the box and the panel of filters offer. */
export interface FilterOffers {
  /** Asks for the names of what was seen, `withFields` also for the fields of payloads; what is new enough is not asked for again. */
  load(withFields: boolean): void
  /** Asks for what can stand at the caret. */
  loadFor(text: string, caret: number): void
  /** The list of what can stand at the caret is wanted, or no more. */
  setListing(listing: boolean): void
  /** That list has something to show, so that Esc closes it first. */
  setListed(listed: boolean): void
}

/** Keeps filters: under names, and those that were used lately. */
export interface SavedFilters {
  /** By what the app in view is known: filters are kept for each app. */
  appOf(): string
  /** Keeps the text among those that were used lately, if it is a filter without a mistake. */
  remember(text: string): void
  saveAs(name: string): void
  rename(old: SavedFilter, name: string): void
  remove(gone: SavedFilter): void
  exportFilters(): void
  importFilters(file: Blob): Promise<void>
}

/** Permalinks: session, filter, stretch of time and events as text. */
export interface Permalinks {
  permalink(): Promise<string>
  copyPermalink(): Promise<void>
  /** Follows the text if it is a permalink, and says whether it is one. */
  follow(text: string): boolean
}
