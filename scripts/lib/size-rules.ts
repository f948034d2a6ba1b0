/** A source file, and a test, may have so many lines. A longer one has more than one reason to change. */
export const MOST_LINES = 300
export const MOST_TEST_LINES = 400

const TEST = /\.test\.tsx?$|\.e2e\.ts$|(^|\/)test\//

/** Returns what is wrong with the length of a file; undefined where nothing is. */
export function lengthProblem(file: string, source: string): string | undefined {
  const lines = source.replace(/\n$/, '').split('\n').length
  const most = TEST.test(file) ? MOST_TEST_LINES : MOST_LINES
  return lines > most ? `${file} has ${lines} lines, ${most} at most: split it by reason to change` : undefined
}
