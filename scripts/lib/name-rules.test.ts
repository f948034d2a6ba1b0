import { expect, it } from 'vitest'
import { namesTwice } from './name-rules.ts'

const sources = (...all: [file: string, source: string][]) => all.map(([file, source]) => ({ file, source }))

it('finds exported types that two files declare, whatever they are', () => {
  const found = namesTwice(
    sources(
      ['a.ts', 'export interface Row {\n}\nexport type Kind = 1\ninterface Own {}'],
      ['b.ts', 'const x = 1\nexport abstract class Row {}\ninterface Own {}'],
      ['c.ts', "import type { Kind } from './a'\nexport type { Kind } from './a'\nexport const Kind = 2"],
    ),
    {},
  )
  expect(found).toEqual(['Row is declared in a.ts and b.ts'])
})

it('lets those be that are named with a reason, until it is paid', () => {
  const twice = sources(['a.ts', 'export type Row = 1'], ['b.ts', 'export type Row = 2'])
  expect(namesTwice(twice, { Row: 'for now' })).toEqual([])
  expect(namesTwice(twice.slice(1), { Row: 'for now' })).toEqual(['Row is declared once: take it out of NAMES_TWICE'])
})
