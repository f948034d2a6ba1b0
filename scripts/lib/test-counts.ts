export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export type TestState = 'passed' | 'failed' | 'skipped' | 'pending'

/** A test file as it ended. `failed` without a failed test: it did not load, or its set-up threw. */
export interface FileResult {
  ok: boolean
  tests: TestState[]
}

/**
 * A file that failed without a failed test is one failure. `stray` counts errors outside any test. A test still pending at the
 * end never ran to its end: a failure.
 */
export function countTests(files: FileResult[], stray: number): Counts {
  const counts: Counts = { passed: 0, failed: stray, skipped: 0 }
  for (const { ok, tests } of files) {
    const passed = tests.filter(state => state === 'passed').length
    const skipped = tests.filter(state => state === 'skipped').length
    const failed = tests.length - passed - skipped
    counts.passed += passed
    counts.skipped += skipped
    counts.failed += failed || (ok ? 0 : 1)
  }
  return counts
}

export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
