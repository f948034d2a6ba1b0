import type { Seen } from '@playhead/shared/filter/seen'
import { describe, expect, it } from 'vitest'
import { listingOf, NOTHING_CHOSEN, placeOfChosen } from './box-options'

const types = ['order:new', 'order:paid'].map(name => ({ name, count: 1 }))
const SEEN: Seen = {
  ...{ types, sources: [], levels: [], kinds: [], producers: [], marks: [], takes: [] },
  ...{ facets: [], paths: [], values: [] },
}
const from = (text: string, recent: string[] = []) => ({ caret: text.length, seen: () => SEEN, recent: () => recent })
const textsOf = (what: 'none' | 'here' | 'past', text: string, recent: string[] = []) =>
  listingOf(what, text, from(text, recent)).options.map(option => option.text)

describe('the filter box lists', () => {
  it('nothing, and asks for nothing, while it is closed', () => {
    const never = () => {
      throw new Error('asked')
    }
    const closed = { caret: 3, seen: never, recent: never }
    expect(listingOf('none', 'typ', closed)).toEqual({ options: [], hint: '', from: 0, to: 0 })
  })

  it('what can stand at the caret', () => {
    expect(textsOf('here', 'type:order')).toEqual(['order:*', 'order:new', 'order:paid'])
  })

  it('not the one name that is written already', () => {
    expect(textsOf('here', 'type:order:paid')).toEqual([])
    expect(textsOf('here', 'type:order:pai')).toEqual(['order:paid'])
  })

  it('what was filtered by, in place of the whole text', () => {
    const list = listingOf('past', 'a', from('a', ['is:root', 'level:action']))
    expect(list).toMatchObject({ from: 0, to: 1, hint: '' })
    expect(list.options.map(({ text }) => text)).toEqual(['is:root', 'level:action'])
    expect(listingOf('past', '', from('')).hint).toBe('Nothing was filtered by yet')
  })
})

describe('the chosen option', () => {
  const options = (...texts: string[]) => texts.map(text => ({ text }))

  it('stays the same one while others come and go around it', () => {
    expect(placeOfChosen(options('a', 'b'), { index: 1, text: 'b' })).toBe(1)
    expect(placeOfChosen(options('b', 'c', 'a'), { index: 1, text: 'b' })).toBe(0)
  })

  it('is the one in its place once it has gone, or the last there is', () => {
    expect(placeOfChosen(options('a', 'c'), { index: 1, text: 'b' })).toBe(1)
    expect(placeOfChosen(options('a'), { index: 1, text: 'b' })).toBe(0)
    expect(placeOfChosen([], { index: 1, text: 'b' })).toBe(-1)
  })

  it('is none until one is chosen', () => {
    expect(placeOfChosen(options('a', 'b'), NOTHING_CHOSEN)).toBe(-1)
  })
})
