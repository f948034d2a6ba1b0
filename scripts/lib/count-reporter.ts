import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import { countTests } from './test-counts.ts'

/** Writes how many tests passed, failed and were skipped, and which only passed when tried again, to the file that PLAYHEAD_COUNTS names. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], stray: readonly SerializedError[]): void {
    const path = process.env.PLAYHEAD_COUNTS
    if (!path) return
    const files = modules.map(module => {
      const tests = [...module.children.allTests()]
      return {
        ok: module.ok(),
        tests: tests.map(test => test.result().state),
        flaky: tests.filter(test => test.diagnostic()?.flaky).map(test => flakyTest(module, test)),
      }
    })
    writeFileSync(path, JSON.stringify(countTests(files, stray.length)))
  }
}

/** `test/e2e/list.e2e.ts > a list > goes to its end (timed out after 15 s waiting for the last row)` */
function flakyTest({ relativeModuleId }: TestModule, test: TestCase): string {
  const [why = ''] = test.result().errors?.[0]?.message.split('\n') ?? []
  return `${relativeModuleId} > ${test.fullName}${why && ` (${why})`}`
}
