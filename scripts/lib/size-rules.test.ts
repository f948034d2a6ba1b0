import { expect, it } from 'vitest'
import { lengthProblem } from './size-rules.ts'

const lines = (count: number) => 'x\n'.repeat(count)

it.each([
  ['packages/sdk/src/a.ts', 300],
  ['packages/extension/src/panel/list/list.css', 300],
  ['packages/sdk/src/a.test.ts', 400],
  ['test/e2e/filter.e2e.ts', 400],
])('lets %s have %i lines and no more', (file, most) => {
  expect(lengthProblem(file, lines(most))).toBeUndefined()
  expect(lengthProblem(file, lines(most + 1))).toContain(`${most + 1} lines`)
})
