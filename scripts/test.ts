/**
 * npm test                     everything CI runs
 * npm test -- unit engine      vitest projects (unit, third-party, browser, integration, e2e) and filters only, without typecheck and lint
 * The last line is `N passed, N failed`, with `, N skipped` where there are any; before it come the tests that passed only at their
 * second try, one a line.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { build, EVERYTHING } from './lib/build.ts'
import { ensureBrowsers } from './lib/ensure-browsers.ts'
import { ensureThirdParty } from './lib/ensure-third-party.ts'
import { fromRoot } from './lib/paths.ts'
import { type Counts, flakyLines, summaryLine } from './lib/test-counts.ts'

const PROJECTS = ['unit', 'third-party', 'browser', 'integration', 'e2e']
const WITH_BROWSER = ['browser', 'integration', 'e2e']
const NONE: Counts = { passed: 0, failed: 0, skipped: 0, flaky: [] }
const RESULTS = fromRoot('.cache/test-counts.json')

const args = process.argv.slice(2)
const projects = args.filter(arg => PROJECTS.includes(arg))
const filters = args.filter(arg => !PROJECTS.includes(arg))
const whole = args.length === 0
const touches = (project: string) => projects.length === 0 || projects.includes(project)

process.exitCode = await main()

async function main(): Promise<number> {
  const broken: string[] = []
  try {
    if (touches('third-party')) ensureThirdParty()
    if (WITH_BROWSER.some(touches)) ensureBrowsers({ firefox: touches('e2e') })
    if (touches('integration') || touches('e2e')) await build([...EVERYTHING, 'firefox'])
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return report({ ...NONE, failed: 1 })
  }
  if (whole) for (const step of ['typecheck', 'lint']) if (!npmRun(step)) broken.push(step)

  const counts = runVitest()
  for (const step of broken) console.error(`npm run ${step} failed`)
  return report({ ...counts, failed: counts.failed + broken.length })
}

function report(counts: Counts): number {
  for (const line of flakyLines(counts)) console.log(line)
  console.log(summaryLine(counts))
  return counts.failed > 0 ? 1 : 0
}

function npmRun(script: string): boolean {
  console.log(`\n${script}`)
  return spawnSync('npm', ['run', '--silent', script], { cwd: fromRoot('.'), stdio: 'inherit' }).status === 0
}

function runVitest(): Counts {
  mkdirSync(fromRoot('.cache'), { recursive: true })
  rmSync(RESULTS, { force: true })
  const { NODE_ENV: _, ...env } = process.env
  const { status } = spawnSync(
    process.execPath,
    [
      fromRoot('node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      `--reporter=${fromRoot('scripts/lib/count-reporter.ts')}`,
      ...projects.flatMap(project => ['--project', project]),
      ...filters,
    ],
    { cwd: fromRoot('.'), stdio: 'inherit', env: { ...env, PLAYHEAD_COUNTS: RESULTS } },
  )
  return countsOf(status === 0)
}

/**
 * Returns what the reporter counted. A run that did not end well counts a failure at least, even if no test failed or nothing was counted.
 */
function countsOf(endedWell: boolean): Counts {
  const counts: Counts = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : NONE
  return endedWell || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}
