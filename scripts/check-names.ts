/** Prints each exported type whose name stands for two things, and fails. */
import { readFileSync } from 'node:fs'
import { namesTwice } from './lib/name-rules.ts'
import { fromRoot } from './lib/paths.ts'
import { sourceFiles } from './lib/source-files.ts'

const files = sourceFiles(['packages'], /\/src\/.*\.tsx?$/).filter(file => !/\.test\.tsx?$|\/testing\//.test(file))
const problems = namesTwice(files.map(file => ({ file, source: readFileSync(fromRoot(file), 'utf8') })))
for (const problem of problems) console.error(problem)
console.log(`names: ${files.length} files, ${problems.length} that stand for two things`)
process.exitCode = problems.length > 0 ? 1 : 0
