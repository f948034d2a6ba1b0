import type { ExtraColumn, Row, RowPage } from '@playhead/engine/contract/view'

/** Rows of a page, which are fetched at once, and rows that are kept at most. */
export const PAGE = 64
const KEPT = 80 * PAGE

/**
 * The rows of the list that were fetched. Those of an older version, view or choice of columns are shown until fresh ones arrive, so
 * nothing flickers.
 */
export class Pages {
  private readonly kept = new Map<number, Row>()
  /** For each page of fresh rows: of which view and columns it is, and of which version of the view. */
  private readonly fresh = new Map<number, { of: string; view: number; version: number }>()
  private readonly pending = new Set<number>()
  private held = { from: 0, to: 0 }

  constructor(
    private readonly fetch: (
      view: number,
      from: number,
      count: number,
      columns: readonly ExtraColumn[],
    ) => Promise<RowPage>,
    private readonly arrived: () => void,
  ) {}

  at(index: number): Row | undefined {
    return this.kept.get(index)
  }

  /** Says whether all these rows are here, of whatever version. */
  has(from: number, count: number): boolean {
    for (let index = from; index < from + count; index++) if (!this.kept.has(index)) return false
    return true
  }

  /** The row at this place, if it was fetched from this view: not what another view had there, nor what was only moved along. */
  freshAt(view: number, index: number): Row | undefined {
    return this.fresh.get(Math.floor(index / PAGE))?.view === view ? this.kept.get(index) : undefined
  }

  /** Moves the known rows along: everything stands `by` places further down now. */
  shift(by: number): void {
    if (by === 0) return
    const rows = [...this.kept]
    this.kept.clear()
    for (const [index, row] of rows) this.kept.set(index + by, row)
    this.fresh.clear()
  }

  /** Makes sure that rows `from … from + count` of this version are here or under way. */
  need(view: number, version: number, from: number, count: number, columns: readonly ExtraColumn[] = []): void {
    const of = nameOf(view, columns)
    const last = Math.floor((from + Math.max(0, count - 1)) / PAGE)
    for (let page = Math.floor(from / PAGE); page <= last; page++) {
      const known = this.fresh.get(page)
      // A list that changes all the time brings rows that are newer than the version it told of.
      if ((known?.of === of && known.version >= version) || this.pending.has(page)) continue
      this.pending.add(page)
      void this.load(view, page, columns)
    }
  }

  private async load(view: number, page: number, columns: readonly ExtraColumn[]): Promise<void> {
    try {
      const result = await this.fetch(view, page * PAGE, PAGE, columns)
      if (result.version < 0) return
      for (let i = 0; i < PAGE; i++) this.put(page * PAGE + i, result.items[i])
      this.fresh.set(page, { of: nameOf(view, columns), view, version: result.version })
      this.trim(page * PAGE)
    } catch {
      // The engine's failure is shown elsewhere.
    } finally {
      this.pending.delete(page)
      this.arrived()
    }
  }

  private put(index: number, row: Row | undefined): void {
    if (row) this.kept.set(index, row)
    else this.kept.delete(index)
  }

  /** Rows that are drawn now stay, however far from the newest they are. */
  hold(from: number, count: number): void {
    this.held = { from, to: from + count }
  }

  /** Lets go of the rows farthest from `near`, until half of what may be kept is left. */
  private trim(near: number): void {
    if (this.kept.size <= KEPT) return
    const { from, to } = this.held
    for (const index of [...this.kept.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near))) {
      if (this.kept.size <= KEPT / 2) return
      if (index >= from && index < to) continue
      this.kept.delete(index)
      this.fresh.delete(Math.floor(index / PAGE))
    }
  }
}

function nameOf(view: number, columns: readonly ExtraColumn[]): string {
  return `${view} ${columns.length > 0 ? JSON.stringify(columns) : ''}`
}
