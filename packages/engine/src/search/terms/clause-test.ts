import type { SteadyChunk } from '../../log/reader'
import { Selection } from './selection'
import type { TermTest } from './term-test'

/** Makes one test of several: a row passes when any of them holds; with `not`, when none does. */
export function clauseTest(tests: readonly TermTest[], not: boolean): TermTest {
  const [only] = tests
  if (only && tests.length === 1 && !not) return only
  return new AnyTest(tests, not)
}

class AnyTest implements TermTest {
  readonly needsText: boolean
  /** Rows that passed no test so far. */
  private readonly rest = new Selection()
  /** Rows that pass the test at hand. */
  private readonly part = new Selection()
  /** By row, 1 when it passed a test. */
  private bits = new Uint8Array(0)

  constructor(
    private readonly tests: readonly TermTest[],
    private readonly not: boolean,
  ) {
    this.needsText = tests.some(test => test.needsText)
  }

  get problem(): string {
    return this.tests.map(test => test.problem ?? '').find(text => text !== '') ?? ''
  }

  get stale(): boolean {
    return this.tests.some(test => test.stale)
  }

  close(): void {
    for (const test of this.tests) test.close?.()
  }

  prepare(chunk: SteadyChunk, text: Uint8Array | undefined, selection: Selection): Promise<void> | undefined {
    const pending = this.tests.flatMap(test => test.prepare?.(chunk, text, selection) ?? [])
    return pending.length > 0 ? Promise.all(pending).then(() => {}) : undefined
  }

  /** Asks each test about the rows that passed none before it. */
  narrow(chunk: SteadyChunk, text: Uint8Array | undefined, selection: Selection): void {
    const { rest, part } = this
    if (this.bits.length < selection.to) this.bits = new Uint8Array(selection.to)
    this.bits.fill(0, selection.from, selection.to)
    rest.copy(selection)
    for (const test of this.tests) {
      if (rest.size === 0) break
      part.copy(rest)
      test.narrow(chunk, text, part)
      part.mark(this.bits)
      rest.keepMarked(this.bits, 0)
    }
    selection.keepMarked(this.bits, this.not ? 0 : 1)
  }
}
