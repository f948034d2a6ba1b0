import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import { countTests } from './test-counts.ts'

/** Writes the counts of a run to the file that the environment variable PLAYHEAD_COUNTS names, as the JSON of `Counts`. */
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

/**
 * Names a test and says why it failed at first: `test/e2e/list.e2e.ts > a list > goes to its end (timed out after 15 s waiting for the
 * last row)`.
 */
function flakyTest({ relativeModuleId }: TestModule, test: TestCase): string {
  const [why = ''] = test.result().errors?.[0]?.message.split('\n') ?? []
  return `${relativeModuleId} > ${test.fullName}${why && ` (${why})`}`
}
