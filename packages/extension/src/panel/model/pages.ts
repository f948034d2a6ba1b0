import type { Row, RowPage } from '../../engine/contract'

/** Rows fetched at once. */
export const PAGE = 128
const KEPT = 40

/**
 * The rows of one view that were fetched. A new version makes them stale: they are shown until the fresh ones arrive, so nothing
 * flickers.
 */
export class Pages {
  private readonly pages = new Map<number, { version: number; items: Row[] }>()
  private readonly pending = new Set<number>()
  private view = -1

  constructor(
    private readonly fetch: (view: number, from: number, count: number) => Promise<RowPage>,
    private readonly arrived: () => void,
  ) {}

  at(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / PAGE))?.items[index % PAGE]
  }

  /** Makes sure that rows `from … from + count` of this version are here or under way. */
  need(view: number, version: number, from: number, count: number): void {
    if (view !== this.view) {
      this.view = view
      this.pages.clear()
      this.pending.clear()
    }
    const last = Math.floor((from + Math.max(0, count - 1)) / PAGE)
    for (let page = Math.floor(from / PAGE); page <= last; page++) {
      if (this.pages.get(page)?.version === version || this.pending.has(page)) continue
      this.pending.add(page)
      void this.load(view, page)
    }
  }

  private async load(view: number, page: number): Promise<void> {
    try {
      const result = await this.fetch(view, page * PAGE, PAGE)
      if (view !== this.view) return
      this.pages.delete(page)
      this.pages.set(page, { version: result.version, items: result.items })
      if (this.pages.size > KEPT) this.pages.delete(this.pages.keys().next().value as number)
    } catch {
      // The engine's failure is shown elsewhere.
    } finally {
      if (view === this.view) {
        this.pending.delete(page)
        this.arrived()
      }
    }
  }
}
