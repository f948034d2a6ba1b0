/**
 * npm run kills                          30 kills of browser, extension and page while events stream in
 * npm run kills -- --kills 90 --seed 5   as many as you like; the same seed takes the same moments
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { build } from '../../scripts/lib/build.ts'
import { fromRoot } from '../../scripts/lib/paths.ts'

const { kills, seed } = parseArgs({
  options: { kills: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' } },
}).values

await build(['sdk', 'chromium'])
const { status } = spawnSync(
  process.execPath,
  [fromRoot('node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e', 'test/e2e/kill.e2e.ts'],
  { cwd: fromRoot('.'), stdio: 'inherit', env: { ...process.env, KILLS: kills, SEED: seed, NODE_ENV: 'test' } },
)
process.exitCode = status ?? 1
