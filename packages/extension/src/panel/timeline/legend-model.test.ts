import { compileGlobs } from '@playhead/shared/filter/glob'
import { parseFilter } from '@playhead/shared/filter/parse'
import { describe, expect, it } from 'vitest'
import { Categories } from '../state/category'
import { globsOf, shownCategories, withHidden, withOnly } from './legend-model'

const TYPES = ['row:add', 'row:update', 'row', 'rows:x', 'PayIn', 'PayOut', 'PayloadBad', 'tick', 'odd one', 'a*b']

function categoriesOf(types: readonly string[], said: [type: string, category: string][] = []) {
  const categories = new Categories(said.map(([type, category]) => ({ type, category, description: '' })))
  categories.add(types)
  return categories
}

describe('the legend', () => {
  const categories = categoriesOf(TYPES, [
    ['PayIn', 'money'],
    ['PayOut', 'money'],
    ['tick', 'clock'],
  ])
  const indexOf = (name: string) => categories.list.findIndex(category => category.name === name)

  it('says a category in globs that match its types and no other’s', () => {
    for (const [index, category] of categories.list.entries()) {
      const passes = compileGlobs(globsOf(categories, index))
      const matched = TYPES.filter(passes)
      if (category.name !== 'a') expect(matched).toEqual(categories.typesOf(index))
    }
    expect(globsOf(categories, indexOf('row'))).toEqual(['row:*', 'row'])
    expect(globsOf(categories, indexOf('money'))).toEqual(['PayIn', 'PayOut'])
  })

  it('shows what several conditions let through together', () => {
    const shown = shownCategories('type:row:*|PayIn type:Pay*|row:add', categories)
    expect(shown[indexOf('row')]).toBe('some')
    expect(shown[indexOf('money')]).toBe('some')
    expect(shown[indexOf('clock')]).toBe('none')
    expect(new Set(shownCategories('type:row:* type:tick', categories))).toEqual(new Set(['none']))
  })

  it('shows only one, and all again', () => {
    const only = withOnly('level:state after:2s', categories, indexOf('row'))
    expect(only).toBe('level:state after:2s type:row:*|row')
    expect(shownCategories(only, categories)[indexOf('row')]).toBe('all')
    expect(shownCategories(only, categories)[indexOf('clock')]).toBe('none')
    expect(withOnly(only, categories, indexOf('row'))).toBe('level:state after:2s')
    expect(withOnly(only, categories, indexOf('clock'))).toBe('level:state after:2s type:tick')
  })

  it('hides one after the other, and shows them again', () => {
    const one = withHidden('words', categories, indexOf('row'))
    expect(one).toBe('words -type:row:*|row')
    const two = withHidden(one, categories, indexOf('clock'))
    expect(shownCategories(two, categories)[indexOf('clock')]).toBe('none')
    expect(shownCategories(two, categories)[indexOf('money')]).toBe('all')
    expect(withHidden(withHidden(two, categories, indexOf('row')), categories, indexOf('clock'))).toBe('words')
  })

  it('does what it says whatever was there before', () => {
    const texts = ['', 'type:row:*', '-type:PayIn', 'type:PayIn|tick', '-type:* x', 'type:P* -type:PayOut', 'type:row']
    for (const text of texts) {
      for (const index of categories.list.keys()) {
        if (categories.list[index]?.name === 'a') continue
        const before = shownCategories(text, categories)
        const hidden = withHidden(text, categories, index)
        const only = withOnly('x', categories, index)
        expect(parseFilter(hidden).problems).toEqual(parseFilter(text).problems)
        expect(shownCategories(only, categories).map(how => how === 'all')).toEqual(
          categories.list.map((_, other) => other === index),
        )
        if (before[index] === 'none') continue
        expect(shownCategories(hidden, categories)[index]).toBe('none')
        for (const other of categories.list.keys()) {
          if (other !== index && before[other] !== 'any') {
            expect(shownCategories(hidden, categories)[other]).toBe(before[other])
          }
        }
      }
    }
  })

  it('stays short with very many types', () => {
    const many = categoriesOf(
      Array.from({ length: 500 }, (_, i) => `E${i}`),
      [['E*', 'all of them']],
    )
    expect(globsOf(many, 0)).toEqual(['E*'])
  })
})
