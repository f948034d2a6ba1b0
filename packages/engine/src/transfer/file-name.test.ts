import { expect, it } from 'vitest'
import { sessionInfo } from '../testing/make-batch'
import { fileName } from './file-name'

const nameOf = (name: string) =>
  fileName({ ...sessionInfo('S'), app: 'shop', name, started: 0 }, { format: 'json', gzip: false })

it.each([
  ['Dritter Lauf: größer/schneller?', 'Dritter-Lauf-größer-schneller'],
  ['नमस्ते दुनिया', 'नमस्ते-दुनिया'],
  [`${'x'.repeat(39)}𝒳y`, `${'x'.repeat(39)}𝒳`],
  [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
  ['../../\u0000<>:"|?*', '..-..'],
])('names a file after the session %j, in whole characters', (name, shown) => {
  expect(nameOf(name)).toBe(`playhead-shop-${shown}-1970-01-01T00-00-00.json`)
})
