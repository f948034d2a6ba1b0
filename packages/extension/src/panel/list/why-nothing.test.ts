import { expect, it } from 'vitest'
import { waysOut } from './why-nothing'

const named = (...names: string[]) => names.map(name => ({ name, count: 1 }))
const seen = {
  types: named('Arrival', 'Settlement', 'LsmSettlement'),
  sources: named('core'),
  facets: [{ name: 'agentId', count: 1, values: [] }],
  paths: ['amount', 'order.id', 'agentId'].map(path => ({ path: path.split('.'), count: 1 })),
}

it.each([
  ['type:arrival', 'type:Arrival'],
  ['type:settle', 'type:Settlement|LsmSettlement'],
  ['type:arrival|nothing', 'type:Arrival'],
  ['source:CORE', 'source:core'],
  ['amount>1000', 'payload.amount>1000'],
  ['agentid=BANK_A', 'agentId=BANK_A'],
  ['payload.id=7', 'payload.order.id=7'],
])('%s nearly is %s', (text, better) => {
  const [way] = waysOut(text, seen)
  expect(way).toMatchObject({ label: `Write ${better}`, text: better })
  expect(way?.says).not.toBe('')
})

it.each(['type:Arrival', 'type:*', 'payload.amount>1000', 'agentId=X', '-type:arrival', 'word', ''])(
  'knows nothing better than %j',
  text => expect(waysOut(text, seen)).toEqual([]),
)

it('leaves out one condition at a time, and touches nothing else', () => {
  expect(waysOut('type:arrival  -is:root level:lod', seen).map(({ text }) => text)).toEqual([
    'type:Arrival  -is:root level:lod',
    '-is:root level:lod',
    'type:arrival  level:lod',
  ])
})

it('says of what it is that nothing has it, as of the filter of another app', () => {
  expect(waysOut('day=1 type:Arrival', seen)).toEqual([
    { says: 'No event has the facet day.', label: 'Without day=1', text: 'type:Arrival' },
    { says: '', label: 'Without type:Arrival', text: 'day=1' },
  ])
  expect(waysOut('type:zzz', seen)).toMatchObject([{ says: 'No type is zzz.', text: '' }])
})

it('says nothing of payloads that were not looked at yet', () => {
  expect(waysOut('payload.id=7', { ...seen, paths: [] })).toEqual([])
})

it('says once what is asked for twice', () => {
  const ways = waysOut('type:arrival type:arrival word', seen)
  expect(ways.map(({ label }) => label)).toEqual(['Write type:Arrival', 'Without type:arrival', 'Without word'])
  expect(ways[0]?.text).toBe('type:Arrival word')
})

it.each([
  ['mark:set', 'type:mark:set'],
  ['source:loaded', 'type:source:loaded'],
  ['producer:rea', 'type:producer:rea*'],
])('%s is the name of a type, %s', (text, better) => {
  const types = named('mark:set', 'source:loaded', 'producer:ready')
  expect(waysOut(text, { ...seen, types })[0]).toMatchObject({ label: `Write ${better}`, text: better })
})
