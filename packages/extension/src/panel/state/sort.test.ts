import { afterEach, expect, it, vi } from 'vitest'
import { save, saved } from './saved'
import { BY_TIME, nextSort, sortFrom } from './sort'

afterEach(() => vi.unstubAllGlobals())

/** A disk that holds what an earlier panel left. */
function stored(text: string) {
  let held = text
  vi.stubGlobal('localStorage', {
    getItem: () => held,
    setItem: (_: string, next: string) => {
      held = next
    },
  })
}

it('goes up, down, and back to the order of time', () => {
  const up = nextSort(BY_TIME, { facet: 'day' })
  expect(up).toEqual({ by: { facet: 'day' }, descending: false })
  const down = nextSort(up, { facet: 'day' })
  expect(down).toEqual({ by: { facet: 'day' }, descending: true })
  expect(nextSort(down, { facet: 'day' })).toEqual(BY_TIME)
  expect(nextSort(down, 'size')).toEqual({ by: 'size', descending: false })
  expect(nextSort(BY_TIME, 'time')).toEqual({ by: 'time', descending: true })
})

it('is read from anything', () => {
  for (const by of ['time', 'seq', 'producer', { facet: 'tick' }])
    expect(sortFrom({ by, descending: true })).toEqual({ by, descending: true })
  const wrong = [
    undefined,
    null,
    'size',
    [],
    {},
    { by: 'nothing' },
    { by: 'toString' },
    { by: { facet: 3 } },
    { by: {} },
  ]
  for (const one of [...wrong, { by: { facet: 'x'.repeat(1000) } }]) expect(sortFrom(one)).toEqual(BY_TIME)
  expect(sortFrom({ by: 'size', descending: 'yes' })).toEqual({ by: 'size', descending: false })
})

it('is kept, and settings from before it was are read as they were', () => {
  stored('{"filterText":"type:tick","group":true}')
  expect(saved()).toMatchObject({ filterText: 'type:tick', group: true, sort: BY_TIME })
  save({ sort: { by: { facet: 'tick' }, descending: true } })
  expect(saved()).toMatchObject({ filterText: 'type:tick', sort: { by: { facet: 'tick' }, descending: true } })
})
