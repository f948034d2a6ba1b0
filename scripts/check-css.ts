/** Prints each colour that a sheet of the panel names outside of its theme, and fails. */
import { readFileSync } from 'node:fs'
import { colourProblems } from './lib/css-rules.ts'
import { fromRoot } from './lib/paths.ts'
import { sourceFiles } from './lib/source-files.ts'

const files = sourceFiles(['packages/extension/src'], /\.css$/)
const problems = files.flatMap(file => colourProblems(file, readFileSync(fromRoot(file), 'utf8')))
for (const problem of problems) console.error(problem)
console.log(`colours: ${files.length} sheets, ${problems.length} colours outside of the theme`)
process.exitCode = problems.length > 0 ? 1 : 0
