import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { missingIn } from './lib/doc-references.ts'
import { fromRoot } from './lib/paths.ts'
import { sourceFiles } from './lib/source-files.ts'

const SCRIPTS = Object.keys(packageJson.scripts)
const DOCS = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...sourceFiles(['docs', 'packages', 'examples', 'scripts', 'test'], /\.md$/),
]

it.each(DOCS)('%s names only files, folders and scripts that exist', doc => {
  expect(missingIn(doc, readFileSync(fromRoot(doc), 'utf8'), SCRIPTS)).toEqual([])
})

it('finds a path, a link and a script that are gone', () => {
  const text =
    'See `packages/engine/src/gone.ts`, `log/chunk.ts`, [here](docs/gone.md) and `npm run gone`, `npm run lint`.'
  expect(missingIn('README.md', text, SCRIPTS)).toEqual([
    'README.md names docs/gone.md, which is not there',
    'README.md names packages/engine/src/gone.ts, which is not there',
    'README.md names npm run gone, which is not there',
  ])
})
