import { expect, it } from 'vitest'
import { Categories, COLOURS, prefixOf } from './category'

it.each([
  ['row:update', 'row'],
  ['row', 'row'],
  ['payment.created', 'payment'],
  ['todos/add', 'todos'],
  ['PaymentCreated', 'Payment'],
  ['loadError', 'load'],
  ['LsmBilateralOffset', 'Lsm'],
  ['XMLParsed', 'XML'],
  ['ADD_TODO', 'ADD'],
  ['tick2', 'tick2'],
  ['row-add', 'row'],
  ['@@redux/INIT', '@@redux'],
  [':odd', ':odd'],
  ['', ''],
  ['42', '42'],
  ['éclairAdded', 'éclair'],
])('%s belongs to %s', (type, category) => expect(prefixOf(type)).toBe(category))

it('takes the app’s word first, an exact one before a glob', () => {
  const categories = new Categories([
    { type: 'row:*', category: 'grid', description: 'Rows.' },
    { type: 'row:secret', category: 'odd', description: '' },
    { type: 'Settlement', category: '', description: 'It settled.' },
  ])
  categories.add(['row:add', 'row:secret', 'Settlement', 'cell:edit'])
  expect(['row:add', 'row:secret', 'Settlement', 'cell:edit'].map(type => categories.of(type).name)).toEqual([
    ...['grid', 'odd', 'Settlement', 'cell'],
  ])
  expect(categories.of('row:later').name).toBe('grid')
  expect(categories.descriptionOf('row:add')).toBe('Rows.')
  expect(categories.descriptionOf('Settlement')).toBe('It settled.')
  expect(categories.descriptionOf('cell:edit')).toBe('')
})

it('gives each of the first eight categories a colour and an icon of its own, which stay', () => {
  const categories = new Categories()
  categories.add(Array.from({ length: COLOURS }, (_, i) => `kind${i}:x`))
  const first = categories.list.map(({ colour }) => colour)
  expect(new Set(first).size).toBe(COLOURS)
  expect(new Set(categories.list.map(({ icon }) => icon)).size).toBe(COLOURS)
  categories.add(Array.from({ length: 40 }, (_, i) => `more${i}:x`))
  expect(categories.list.slice(0, COLOURS).map(({ colour }) => colour)).toEqual(first)
  expect(categories.list.every(({ colour }) => colour >= 0 && colour < COLOURS)).toBe(true)
})
