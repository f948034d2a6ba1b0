import { compileGlobs } from '@playhead/shared/filter/glob'

/** Which ids of a string table pass a list of globs. The table grows while events stream in: new ids are tested when asked for. */
export class NameTable {
  private table = new Uint8Array(0)
  private known = 0

  constructor(private readonly passes: (name: string) => boolean) {}

  /** Undefined when the globs let every name through. */
  static of(globs: readonly string[] | undefined, notGlobs: readonly string[] | undefined): NameTable | undefined {
    if (!globs?.length && !notGlobs?.length) return undefined
    const wanted = globs?.length ? compileGlobs(globs) : () => true
    const unwanted = notGlobs?.length ? compileGlobs(notGlobs) : () => false
    return new NameTable(name => wanted(name) && !unwanted(name))
  }

  /** 1 for each id of `names` that passes. */
  upTo(names: readonly string[]): Uint8Array {
    if (this.table.length < names.length) this.grow(names.length)
    for (; this.known < names.length; this.known++) {
      this.table[this.known] = this.passes(names[this.known] as string) ? 1 : 0
    }
    return this.table
  }

  /** Most sessions have tens of names of the 65,536 that there may be. */
  private grow(least: number): void {
    const table = new Uint8Array(Math.min(0x10000, Math.max(256, 2 * least)))
    table.set(this.table)
    this.table = table
  }
}
