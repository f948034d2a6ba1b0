import { expect, test } from 'vitest'
import { DEFAULTS } from './model/initial'
import { readOptions } from './options'

test('defaults', () => {
  expect(readOptions('')).toEqual({ config: DEFAULTS, speed: 5, expose: false, level: undefined })
})
test('takes what it is given', () => {
  expect(readOptions('?seed=9&speed=max&ticksPerDay=12&arrivals=0&expose&level=state')).toEqual({
    config: { seed: 9, ticksPerDay: 12, arrivals: 0 },
    speed: 'max',
    expose: true,
    level: 'state',
  })
  expect(readOptions('?speed=0').speed).toBe(0)
})
test.each(['?seed=x', '?seed=-1', '?ticksPerDay=0', '?arrivals=2', '?arrivals=NaN', '?seed='])(
  'ignores nonsense: %s',
  query => {
    expect(readOptions(query).config).toEqual(DEFAULTS)
  },
)
