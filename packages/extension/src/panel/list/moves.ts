import type { EventRow, Row } from '@playhead/engine/contract/view'
import type { PanelEngine } from '../connection/engine-client'
import type { Store } from '../state/store'

/** So many rows are asked for at once on the way to the next event. */
const PASSED = 64
/** A list that is not known yet is looked at again after so many ms, and given up after so many. */
const LOOK_AGAIN = 20
const PATIENCE = 1000

/** Goes so many rows down, or up where negative. */
interface RowStep {
  by: number
  extend: boolean
}
/** Finds where to go from the selected event (−1 where none is): a seq, or −1 for nowhere. */
export type Route = (from: number) => Promise<number>

/** A move is tried so often in a list that changes under it. */
const MOST_TRIES = 3

/** What a move does with where it leads. */
interface MoveCallbacks {
  /** Selects one event alone and scrolls to it. */
  goTo(seq: number): void
  /** Chooses all events up to it as well, and scrolls to it. */
  extendTo(seq: number): void
  guard(work: Promise<unknown>): Promise<void>
}

/**
 * Goes from event to event, one move after the other: keys come faster than the engine answers, and each counts from where the last one
 * led. Steps in one direction that wait are taken together.
 */
export function createMoves(
  store: Store,
  engine: Pick<PanelEngine, 'view' | 'read'>,
  { goTo, extendTo, guard }: MoveCallbacks,
) {
  const waiting: (RowStep | Route)[] = []
  let moving = false

  const rowAt = async (view: number, index: number): Promise<Row | undefined> =>
    (await engine.view.rows(view, index, 1)).items[0]

  /** Finds the place `by` rows from an event that the filter does not let through: it counts from the listed event nearest in time. */
  const fromOutside = async (view: number, seq: number, by: number): Promise<number> => {
    const session = store.shown.value?.id ?? ''
    const event = await engine.read.detail(session, seq)
    const near = event ? await engine.view.nearest(view, event.time) : -1
    const index = near < 0 ? -1 : await engine.view.locate(view, near)
    const row = index < 0 ? undefined : await rowAt(view, index)
    if (!event || row?.item !== 'event') return by > 0 ? by - 1 : 0
    const { by: key, descending } = store.table.sort.value
    const isBelow = isAfter(row, event) !== (key === 'time' && descending)
    return index + (isBelow ? by - Number(by > 0) : by + Number(by < 0))
  }

  /**
   * Finds the seq `by` rows from `seq`. Right after a filter was set nothing is known of the new list, which the key is meant for: it is
   * waited for.
   */
  const byRows = async (seq: number, by: number): Promise<number> => {
    for (let waited = 0; ; waited += LOOK_AGAIN) {
      const found = await inView(seq, by)
      if (found !== undefined || waited >= PATIENCE) return found ?? -1
      await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN))
    }
  }

  /** Finds the seq of the event `by` rows from `seq`; undefined while the list is not known yet. */
  const inView = async (seq: number, by: number): Promise<number | undefined> => {
    const { view } = store.view.value ?? {}
    if (view === undefined) return undefined
    const locate = () => (seq < 0 ? -1 : engine.view.locate(view, seq))
    let at = await locate()
    for (let tries = 0; ; tries++) {
      const found = await rowFrom(seq, at, by)
      const now = await locate()
      // Events that come in above move everything along between two questions.
      if (now === at || tries === MOST_TRIES) return found
      at = now
    }
  }

  /**
   * Finds the event `by` rows from place `at`, which is that of `seq`, or from the end where none is selected; undefined while the list is
   * not known.
   */
  const rowFrom = async (seq: number, at: number, by: number): Promise<number | undefined> => {
    const view = store.view.value
    if (!view) return undefined
    const { items, done } = view
    if (items === 0 && done === false) return undefined
    let index = by > 0 ? by - 1 : items + by
    if (seq >= 0) index = at < 0 ? await fromOutside(view.view, seq, by) : at + by
    index = Math.min(Math.max(0, index), items - 1)
    const down = by > 0
    // Mostly the first row is an event; gaps and lines of an unfolded payload are passed over, many at once.
    for (let count = 1; index >= 0 && index < items; count = PASSED) {
      const from = down ? index : Math.max(0, index - count + 1)
      const page = await engine.view.rows(view.view, from, down ? count : index - from + 1)
      const { items: rows, version } = page
      // The engine shows another view by now.
      if (version < 0) return undefined
      if (rows.length === 0) return -1
      const row = (down ? rows : rows.reverse()).find(({ item }) => item === 'event')
      if (row?.item === 'event') return row.seq
      index += down ? rows.length : -rows.length
    }
    return -1
  }

  const take = async (move: RowStep | Route) => {
    const { value: from } = store.selected
    const seq = typeof move === 'function' ? await move(from) : await byRows(from, move.by)
    // The user may have chosen another event meanwhile.
    if (seq < 0 || store.selected.value !== from) return
    if (typeof move === 'object' && move.extend) extendTo(seq)
    else goTo(seq)
  }

  const run = async () => {
    moving = true
    try {
      for (let move = waiting.shift(); move; move = waiting.shift()) await take(move)
    } finally {
      moving = false
      waiting.length = 0
    }
  }

  const go = (move: RowStep | Route) => {
    waiting.push(move)
    if (!moving) void guard(run())
  }

  return {
    go,
    move(by: number, extend = false) {
      const last = waiting.at(-1)
      const isAlike = typeof last === 'object' && last.extend === extend && Math.sign(last.by) === Math.sign(by)
      if (isAlike) last.by += by
      else go({ by, extend })
    },
    /** Goes to the first event of the list. */
    first: () => go(() => byRows(-1, 1)),
    /** Gives up the moves that wait. */
    stay() {
      waiting.length = 0
    },
  }
}

/** Says whether the row comes after the event in the order of time. */
function isAfter(row: EventRow, event: Pick<EventRow, 'time' | 'producer' | 'n'>): boolean {
  return (row.time - event.time || row.producer - event.producer || row.n - event.n) > 0
}
