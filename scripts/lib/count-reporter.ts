import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { countTests } from './test-counts.ts'

/** Writes how many tests passed, failed and were skipped to the file that PLAYHEAD_COUNTS names. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], stray: readonly SerializedError[]): void {
    const path = process.env.PLAYHEAD_COUNTS
    if (!path) return
    const files = modules.map(module => ({
      ok: module.ok(),
      tests: [...module.children.allTests()].map(test => test.result().state),
    }))
    writeFileSync(path, JSON.stringify(countTests(files, stray.length)))
  }
}
