import { expect, it } from 'vitest'
import { typeNamedLike } from './named-like-syntax'

const types = ['after:save', 'level:complete', 'level:start', 'Is:Ready', 'plain'].map(name => ({ name, count: 1 }))

it.each([
  ['after:save', 'after:save'],
  ['level:c', 'level:c*'],
  ['is:ready', 'Is:Ready'],
  ['before:save', undefined],
  ['plain', undefined],
])('%s is looked for as %s', (word, glob) => expect(typeNamedLike(word, { types })).toBe(glob))
