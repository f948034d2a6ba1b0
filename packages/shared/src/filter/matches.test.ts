import { describe, expect, it } from 'vitest'
import type { Filter } from './filter'
import { type FilterableEvent, matches } from './matches'

const event: FilterableEvent = {
  type: 'row:update',
  source: 'plugin:grid',
  kind: 'system',
  level: 'detail',
  flags: ['input', 'truncated'],
  time: 50,
  take: 0,
  text: '{"rowId":17,"name":"Ärger","old":null,"deep":{"list":[1,{"a":true}]},"$$ph":"x","who":{"$ph":"instance","type":"A","v":{"id":9}},"why":{"$ph":"error","name":"E","message":"no","stack":"","v":{"code":5}}}',
  facets: { tick: 3, agent: 'a1', both: ['x', 2] },
  root: false,
}

describe('matches', () => {
  it.each<[Filter, boolean]>([
    [{}, true],
    [{ types: [], sources: [], kinds: [], takes: [], text: [], flags: [], payload: [], facets: [] }, true],
    [{ types: ['x', 'row:*'] }, true],
    [{ types: ['row'] }, false],
    [{ types: ['row:*'], notTypes: ['*:update'] }, false],
    [{ sources: ['core'] }, false],
    [{ notSources: ['plugin:*'] }, false],
    [{ level: 'detail' }, true],
    [{ level: 'state' }, false],
    [{ kinds: ['action', 'system'] }, true],
    [{ kinds: ['detail'] }, false],
    [{ from: 50, to: 50 }, true],
    [{ from: 50.1 }, false],
    [{ to: 49.9 }, false],
    [{ flags: ['input', 'truncated'] }, true],
    [{ flags: ['input', 'threw'] }, false],
    [{ takes: [1] }, false],
    [{ takes: [1, 0] }, true],
    [{ text: ['ärger', 'UPDATE'] }, true],
    [{ text: ['ärger', 'absent'] }, false],
    [{ payload: [{ path: ['rowId'], op: '=', value: 17 }] }, true],
    [{ payload: [{ path: ['rowId'], op: '=', value: '17' }] }, false],
    [
      {
        payload: [
          { path: ['rowId'], op: '>', value: 16 },
          { path: ['rowId'], op: '<=', value: 17 },
        ],
      },
      true,
    ],
    [{ payload: [{ path: ['rowId'], op: '<', value: 17 }] }, false],
    [{ payload: [{ path: ['name'], op: '>', value: 'A' }] }, false],
    [{ payload: [{ path: ['old'], op: '=', value: null }] }, true],
    [{ payload: [{ path: ['absent'], op: '=', value: null }] }, false],
    [{ payload: [{ path: ['deep', 'list', '1', 'a'], op: '=', value: true }] }, true],
    [{ payload: [{ path: ['deep', 'list', 'length'], op: '=', value: 2 }] }, false],
    [{ payload: [{ path: ['toString', 'name'], op: '=', value: 'toString' }] }, false],
    [{ payload: [{ path: ['$ph'], op: '=', value: 'x' }] }, true],
    [{ payload: [{ path: ['who', 'id'], op: '=', value: 9 }] }, true],
    [
      {
        payload: [
          { path: ['why', 'message'], op: '=', value: 'no' },
          { path: ['why', 'code'], op: '=', value: 5 },
        ],
      },
      true,
    ],
    [
      {
        facets: [
          { name: 'tick', value: 3 },
          { name: 'agent', value: 'a1' },
          { name: 'both', value: 2 },
        ],
      },
      true,
    ],
    [{ facets: [{ name: 'tick', value: '3' }] }, false],
    [{ facets: [{ name: 'toString', value: 1 }] }, false],
    [{ roots: true }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matches(filter, event)).toBe(expected)
  })

  it('takes an event of another take only when asked for, and a payload that is not JSON', () => {
    expect(matches({}, { ...event, take: 2 })).toBe(false)
    expect(matches({ takes: [2], roots: true }, { ...event, take: 2, root: true })).toBe(true)
    expect(matches({ payload: [{ path: ['a'], op: '=', value: 1 }] }, { ...event, text: '' })).toBe(false)
  })
})
