import { compileGlobs } from '@playhead/shared/filter/glob'

/** Which ids of a string table (types, sources) have a name that passes a test. Each name is tested once, when it is first asked for. */
export class NameTable {
  /** By id, 1 when the name passes; longer than `known`. */
  private table = new Uint8Array(0)
  /** Ids that were tested. */
  private known = 0

  constructor(private readonly passes: (name: string) => boolean) {}

  /** A table of the names that match one of `globs` and none of `notGlobs`; undefined when both are empty, as every name passes then. */
  static of(globs: readonly string[] | undefined, notGlobs: readonly string[] | undefined): NameTable | undefined {
    if (!globs?.length && !notGlobs?.length) return undefined
    const wanted = globs?.length ? compileGlobs(globs) : () => true
    const unwanted = notGlobs?.length ? compileGlobs(notGlobs) : () => false
    return new NameTable(name => wanted(name) && !unwanted(name))
  }

  /** A table with a 1 for each id whose name in `names` passes. `names` may only grow between calls. */
  upTo(names: readonly string[]): Uint8Array {
    if (this.table.length < names.length) this.grow(names.length)
    for (; this.known < names.length; this.known++) {
      this.table[this.known] = this.passes(names[this.known] as string) ? 1 : 0
    }
    return this.table
  }

  /** Makes room for so many ids. The table begins small, as most sessions have some ten names of the 65,536 that there may be. */
  private grow(least: number): void {
    const table = new Uint8Array(Math.min(0x10000, Math.max(256, 2 * least)))
    table.set(this.table)
    this.table = table
  }
}
