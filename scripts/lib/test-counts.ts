export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** Tests that passed, but only when tried again: their full names, each with why it failed at first. */
  flaky: string[]
}

export type TestState = 'passed' | 'failed' | 'skipped' | 'pending'

/** A test file as it ended. `failed` without a failed test: it did not load, or its set-up threw. */
export interface FileResult {
  ok: boolean
  tests: TestState[]
  flaky?: string[]
}

/**
 * A file that failed without a failed test is one failure. `stray` counts errors outside any test. A test still pending at the
 * end never ran to its end: a failure.
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

/** What is said right before the last line: a test that fails now and then must not do so in silence. */
export function flakyLines({ flaky }: Pick<Counts, 'flaky'>): string[] {
  return flaky.map(test => `passed only at its second try: ${test}`)
}

export function summaryLine({ passed, failed, skipped }: Omit<Counts, 'flaky'>): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
