import type { Row } from '@playhead/engine/contract/view'

/**
 * Where the list stands, and how it stays there while events arrive, are evicted, or are filtered away: scroll anchoring, done by hand,
 * because only the rows in view are elements and a browser could not do it.
 *
 * All places are rows, counted from the first of the list; `top` is the place (with a fraction) at the upper edge of what is in view. The
 * list is in one of two modes:
 *
 *     following                             holding an anchor
 *
 *        ┌────────────┐                       0 ┌────────────┐                      0 ┌────────────┐
 *        │            │                         │            │   2 rows arrive        │ ++++++++++ │
 *        ├────────────┤ ← top = newest      top ├────────────┤   above the anchor     │ ++++++++++ │
 *        │            │                         │            │  ────────────────→     │            │
 *        │            │                  anchor │ ▓▓▓▓▓▓▓▓▓▓ │                    top ├────────────┤ + 2
 *        │ last event │                         │            │                        │            │
 *        └────────────┘                         ├────────────┤                 anchor │ ▓▓▓▓▓▓▓▓▓▓ │ + 2
 *                                               │            │                        │            │
 *                                               └────────────┘                        ├────────────┤
 *
 * - Following, `top` is the place at which the newest event is in view: the end, or 0 where the newest stand first.
 * - Else one event in view is the anchor: the selected one if it is in view, or the first that is whole. The engine is told its seq and
 *   tells with each status of the view where it stands now, or what comes after it, should it have gone. `settled` moves `top` by the
 *   difference, so that the anchor keeps its distance from the upper edge, whatever happened above it and whichever view took the place
 *   of the one before.
 *
 * A row that is not known yet cannot be the anchor. A list that was scrolled to unknown rows is `unheld` until they come: until then what
 * was held before must not pull it back.
 */
export interface ScrollState {
  top: number
  following: boolean
  anchor: Anchor
  unheld: boolean
}

/** The event that is held, and its place as of the last status, which was one of this view. −1 everywhere: none is held. */
export interface Anchor {
  seq: number
  index: number
  view: number
}

export const NO_ANCHOR: Anchor = { seq: -1, index: -1, view: -1 }

/** Extent of the list, in rows, and the order of what it holds. */
export interface Extent {
  /** Rows that fit into what is in view, with a fraction. */
  rows: number
  /** The highest `top` there can be: the last row is at the lower edge. */
  lastTop: number
  /** Only in order of time is there a newest end to follow. */
  byTime: boolean
  newestFirst: boolean
}

/** What the engine says of a view: which one it is, and the place of its anchor. */
interface AnchorStatus {
  view: number
  anchorSeq: number
  anchor: number
}

/** The row at a place, if it is known what this view has there. */
export type RowAt = (index: number) => Row | undefined

/** The `top` at which the newest event is in view. */
export function newestTop({ newestFirst, lastTop }: Extent): number {
  return newestFirst ? 0 : lastTop
}

/** Another order or another session: nothing that was held means anything in it. */
export function reordered(state: ScrollState, { byTime }: Extent): ScrollState {
  return { ...state, top: byTime ? state.top : 0, following: byTime, anchor: NO_ANCHOR }
}

/** The user scrolled to `top`; whoever comes to the newest event follows it. */
export function scrolled(state: ScrollState, top: number, extent: Extent): ScrollState {
  return { ...state, top, following: isAtNewest(top, extent) }
}

/** The list goes to `position`, which keys or a click ask for; with an event selected it does not follow from there. */
export function movedTo(state: ScrollState, position: number, extent: Extent, isSelected: boolean): ScrollState {
  const top = clamped(position, extent)
  return { ...state, top, following: isAtNewest(top, extent) && !isSelected }
}

/**
 * Chooses the anchor: the first whole event in view, or `preferred`, where that is in view. `isStill` says that nobody scrolled: an anchor
 * that is there already, and preferred or not known to be out of view, stays.
 */
export function held(
  state: ScrollState,
  {
    rowAt,
    view,
    rows,
    preferred,
    isStill,
  }: { rowAt: RowAt; view: number; rows: number; preferred: number; isStill: boolean },
): ScrollState {
  const { following, anchor, top } = state
  if (following) return anchor.seq < 0 ? state : { ...state, anchor: NO_ANCHOR }
  if (isStill && preferred >= 0 && preferred === anchor.seq) return state
  const found = eventToHold(rowAt, top, rows, preferred)
  if (!found) return isStill && anchor.seq >= 0 ? state : { ...state, anchor: NO_ANCHOR, unheld: true }
  // The place of an anchor that stays is that of the last status: the row may be known from a newer one.
  return { ...state, anchor: found.seq === anchor.seq ? anchor : { ...found, view }, unheld: false }
}

/** Takes in what a status says; `shift` is by how many places the rows that are known stand further down now. */
export function settled(
  state: ScrollState,
  status: AnchorStatus,
  extent: Extent,
): { state: ScrollState; shift: number } {
  const { following, anchor } = state
  if (following) return { state: { ...state, top: newestTop(extent) }, shift: 0 }
  const isKnown = status.anchor >= 0 && status.anchorSeq === anchor.seq && anchor.index >= 0
  if (!isKnown) return { state: { ...state, top: clamped(state.top, extent) }, shift: 0 }
  const by = status.anchor - anchor.index
  return {
    state: {
      ...state,
      top: clamped(state.top + by, extent),
      anchor: { seq: anchor.seq, index: status.anchor, view: status.view },
    },
    // Rows of another view are others: they do not move along.
    shift: status.view === anchor.view ? by : 0,
  }
}

function eventToHold(rowAt: RowAt, top: number, rows: number, preferred: number): Omit<Anchor, 'view'> | undefined {
  let found: Omit<Anchor, 'view'> | undefined
  for (let index = Math.ceil(top); index <= Math.floor(top + rows) - 1; index++) {
    const row = rowAt(index)
    if (row?.item === 'event' && (!found || row.seq === preferred)) found = { seq: row.seq, index }
  }
  return found
}

function isAtNewest(top: number, { byTime, newestFirst, lastTop }: Extent): boolean {
  return byTime && (newestFirst ? top < 0.5 : top >= lastTop - 0.5)
}

function clamped(position: number, { lastTop }: Extent): number {
  return Math.min(Math.max(0, position), lastTop)
}
