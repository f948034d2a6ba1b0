import { parseFilter } from '@playhead/shared/filter/parse'
import { expect, it } from 'vitest'
import { marksOf } from './marked-text'

it('tells conditions, words, negations and mistakes apart, without a hole', () => {
  const text = 'alpha type:x -tick level:lod '
  const marks = marksOf(text, parseFilter(text))
  expect(marks.map(({ from, to, kind }) => [text.slice(from, to), kind])).toEqual([
    ...[
      ['alpha', 'word'],
      [' ', 'plain'],
      ['type:x', 'condition'],
      [' ', 'plain'],
      ['-tick', 'not'],
      [' ', 'plain'],
    ],
    ...[
      ['level:lod', 'bad'],
      [' ', 'plain'],
    ],
  ])
})
