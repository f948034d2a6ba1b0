import { describe, expect, it } from 'vitest'
import { countTests, type FileResult, flakyLines, summaryLine, type TestState } from './test-counts.ts'

const file = (ok: boolean, ...tests: TestState[]): FileResult => ({ ok, tests })
const line = (files: FileResult[], stray = 0) => summaryLine(countTests(files, stray))

describe('the last line of npm test', () => {
  it('counts tests over files', () => {
    expect(line([file(true, 'passed', 'passed'), file(true, 'passed')])).toBe('3 passed, 0 failed')
    expect(line([file(false, 'passed', 'failed')])).toBe('1 passed, 1 failed')
  })

  it('names skipped ones where there are any', () => {
    expect(line([file(true, 'passed', 'skipped', 'skipped')])).toBe('1 passed, 0 failed, 2 skipped')
  })

  it('counts a file that did not load as a failure', () => {
    expect(line([file(false), file(true, 'passed')])).toBe('1 passed, 1 failed')
    expect(line([file(false, 'skipped')])).toBe('0 passed, 1 failed, 1 skipped')
  })

  it('counts what went wrong outside tests, and tests that never ended', () => {
    expect(line([file(true, 'passed')], 2)).toBe('1 passed, 2 failed')
    expect(line([file(true, 'passed', 'pending')])).toBe('1 passed, 1 failed')
  })

  it('comes after the tests that passed only at their second try, which count as passed', () => {
    const counts = countTests(
      [{ ...file(true, 'passed', 'passed'), flaky: ['a > b (too late)'] }, file(true, 'passed')],
      0,
    )
    expect(flakyLines(counts)).toEqual(['passed only at its second try: a > b (too late)'])
    expect(summaryLine(counts)).toBe('3 passed, 0 failed')
  })
})
