/** Counts of the tests of a run. */
export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** Full names of the tests that passed only when they were tried again, each with why it failed at first. */
  flaky: string[]
}

export type TestState = 'passed' | 'failed' | 'skipped' | 'pending'

/** What came of a test file. It is not `ok` without a failed test where it did not load, or its set-up threw. */
export interface FileResult {
  ok: boolean
  tests: TestState[]
  flaky?: string[]
}

/**
 * Counts the tests of all files. A file that failed without a failed test counts as one failure, and so does each of the `stray` errors
 * outside of any test, and every test that is still pending.
 */
export function countTests(files: FileResult[], stray: number): Counts {
  const counts: Counts = { passed: 0, failed: stray, skipped: 0, flaky: [] }
  for (const { ok, tests, flaky = [] } of files) {
    const passed = tests.filter(state => state === 'passed').length
    const skipped = tests.filter(state => state === 'skipped').length
    const failed = tests.length - passed - skipped
    counts.passed += passed
    counts.skipped += skipped
    counts.failed += failed || (ok ? 0 : 1)
    counts.flaky.push(...flaky)
  }
  return counts
}

/** Returns the lines that stand before the last one: a test that fails now and then must not do so in silence. */
export function flakyLines({ flaky }: Pick<Counts, 'flaky'>): string[] {
  return flaky.map(test => `passed only at its second try: ${test}`)
}

/** Returns the last line. */
export function summaryLine({ passed, failed, skipped }: Omit<Counts, 'flaky'>): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
