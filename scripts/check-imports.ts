/**
 * Judges every import by the law (lib/import-law.ts). Prints the forbidden ones with file and line, and problems of the law itself, and
 * fails.
 */
import { readFileSync } from 'node:fs'
import { ZONES } from './lib/import-law.ts'
import { arrowsOf, lawProblems, violationsOf } from './lib/import-rules.ts'
import { fromRoot } from './lib/paths.ts'
import { sourceFiles } from './lib/source-files.ts'

const files = sourceFiles(
  ZONES.map(({ folder }) => folder),
  /\.tsx?$/,
)
const sources = files.map(file => ({ file, source: readFileSync(fromRoot(file), 'utf8') }))
const violations = sources.flatMap(({ file, source }) => violationsOf(file, source))
const problems = lawProblems(sources.flatMap(({ file, source }) => arrowsOf(file, source)))
for (const { file, line, message } of violations) console.error(`${file}:${line}  ${message}`)
for (const problem of problems) console.error(`scripts/lib/import-law.ts  ${problem}`)
console.log(`imports: ${files.length} files, ${violations.length} violations, ${problems.length} problems of the law`)
process.exitCode = violations.length + problems.length > 0 ? 1 : 0
