/** The judge of who may import whom: prints each forbidden import with its file and line, and fails. */
import { readdirSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { violationsOf } from './lib/import-rules.ts'
import { fromRoot } from './lib/paths.ts'

const FOLDERS = [
  'packages/shared',
  'packages/engine',
  'packages/sdk',
  'packages/extension',
  'examples/payments',
  'examples/grid',
]

const files = FOLDERS.flatMap(folder =>
  readdirSync(fromRoot(`${folder}/src`), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => `${folder}/src/${name.split(sep).join('/')}`),
)
const violations = files.flatMap(file => violationsOf(file, readFileSync(fromRoot(file), 'utf8')))
for (const { file, line, message } of violations) console.error(`${file}:${line}  ${message}`)
console.log(`import direction: ${files.length} files, ${violations.length} violations`)
process.exitCode = violations.length > 0 ? 1 : 0
