import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** Runs a program of `testing/patched` in a process of its own, since it patches the platform, and returns the JSON that it prints. */
function run(program: string): unknown {
  const file = fileURLToPath(new URL(`testing/patched/${program}.ts`, import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', file], {
    encoding: 'utf8',
    // The aliases of the sources lie there.
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  })
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  } catch {
    throw new Error(`${program} printed no result: ${stdout}${stderr}`)
  }
}

describe('a platform that was patched before the SDK came', () => {
  it('by zone.js: one run of the app is one change detection, and no task of the zone is the recorder’s', () => {
    expect(run('zone')).toEqual({ ticks: 1, tasks: [], stored: 2 })
  })

  it('by a clock that stands still: the events arrive', () => {
    expect(run('frozen-clock')).toEqual({ stored: 5, waiting: 0 })
  })

  it('by a library that counts timers and listeners: none is the recorder’s', () => {
    expect(run('counted')).toEqual({ tasks: [], stored: 5 })
  })
})
