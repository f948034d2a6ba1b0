import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TestModule } from 'vitest/node'
import CountReporter from './count-reporter.ts'

interface Ran {
  name: string
  state: 'passed' | 'failed' | 'skipped'
  flaky?: boolean
  errors?: string[]
}

/** What the reporter reads of a module, with those tests. */
function module(...tests: Ran[]): TestModule {
  const cases = tests.map(({ name, state, flaky = false, errors = [] }) => ({
    fullName: `a list > ${name}`,
    result: () => ({ state, errors: errors.map(message => ({ message })) }),
    diagnostic: () => (state === 'skipped' ? undefined : { flaky }),
  }))
  return {
    relativeModuleId: 'test/e2e/list.e2e.ts',
    ok: () => tests.every(({ state }) => state !== 'failed'),
    children: { allTests: () => cases },
  } as unknown as TestModule
}

describe('the reporter of counts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-counts-'))
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  it('names the tests that passed only at their second try, with why they failed at first', () => {
    const path = join(folder, 'counts.json')
    vi.stubEnv('PLAYHEAD_COUNTS', path)
    new CountReporter().onTestRunEnd(
      [
        module(
          { name: 'is long', state: 'passed' },
          { name: 'goes to its end', state: 'passed', flaky: true, errors: ['timed out\nat line 3', 'again'] },
          { name: 'is sorted', state: 'failed', errors: ['no'] },
          { name: 'is printed', state: 'skipped' },
        ),
      ],
      [],
    )
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      flaky: ['test/e2e/list.e2e.ts > a list > goes to its end (timed out)'],
    })
  })
})
