/** Prints the files that have too many lines to have one reason to change, and fails. */
import { readFileSync } from 'node:fs'
import { fromRoot } from './lib/paths.ts'
import { lengthProblem } from './lib/size-rules.ts'
import { sourceFiles } from './lib/source-files.ts'

const files = sourceFiles(['packages', 'examples', 'scripts', 'test'], /\.(tsx?|css)$/)
const problems = files.flatMap(file => lengthProblem(file, readFileSync(fromRoot(file), 'utf8')) ?? [])
for (const problem of problems) console.error(problem)
console.log(`sizes: ${files.length} files, ${problems.length} too long`)
process.exitCode = problems.length > 0 ? 1 : 0
