/** Lines that a source file and a test may have. A file over that has more than one reason to change. */
export const MOST_LINES = 300
export const MOST_TEST_LINES = 400

const TEST = /\.test\.tsx?$|\.e2e\.ts$|(^|\/)test\//

/** What is wrong with the length of a file; undefined: nothing. */
export function lengthProblem(file: string, source: string): string | undefined {
  const lines = source.replace(/\n$/, '').split('\n').length
  const most = TEST.test(file) ? MOST_TEST_LINES : MOST_LINES
  return lines > most ? `${file} has ${lines} lines, ${most} at most: split it by reason to change` : undefined
}
