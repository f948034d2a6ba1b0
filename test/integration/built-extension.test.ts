import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../scripts/lib/check-dist.ts'
import { fromRoot } from '../../scripts/lib/paths.ts'

/** What is shipped, as it is shipped. */
describe.each(['chromium', 'firefox'] as const)('the extension built for %s', target => {
  const folder = fromRoot(`packages/extension/dist/${target}`)

  it('keeps every rule for what a built extension may be', () => {
    expect(problemsOf(folder, target)).toEqual([])
  })

  it('has the pages and scripts we mean, and no other', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => entry.name)
    expect(files.filter(name => name.endsWith('.html')).sort()).toEqual([
      'devtools-panel.html',
      'devtools.html',
      'grant.html',
    ])
    expect(files.filter(name => /\.(map|wasm|ts|tsx)$/.test(name))).toEqual([])
  })
})

it('every dependency is pinned to one version', () => {
  const folders = [
    '.',
    'packages/shared',
    'packages/engine',
    'packages/sdk',
    'packages/extension',
    'examples/payments',
    'examples/grid',
  ]
  for (const folder of folders) {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(fromRoot(`${folder}/package.json`), 'utf8'),
    ) as Record<string, Record<string, string> | undefined>
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }))
      expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+(-[\w.]+)?$/)
  }
})
