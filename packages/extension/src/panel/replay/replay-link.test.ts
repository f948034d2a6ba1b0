import { expect, it } from 'vitest'
import { linkFor } from './replay-link'

type Links = Parameters<typeof linkFor>[1]
const links = (...all: [origin: string, frame: 'top' | 'frame'][]) =>
  all.map(([origin, frame], link) => ({ link, origin, frame })) as unknown as Links

it.each([
  ['the top document of the origin', links(['b', 'top'], ['a', 'frame'], ['a', 'top']), 2],
  ['a frame of the origin rather than another top document', links(['b', 'top'], ['a', 'frame']), 1],
  ['the top document of another origin where none fits', links(['b', 'frame'], ['c', 'top']), 1],
  ['any frame where there is nothing else', links(['b', 'frame'], ['c', 'frame']), 0],
])('replays into %s', (_, all, wanted) => {
  expect(linkFor('a', all)?.link).toBe(wanted)
})

it('finds nothing where no page is connected', () => {
  expect(linkFor('a', [])).toBeUndefined()
})
