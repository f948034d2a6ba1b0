import { describe, expect, it } from 'vitest'
import { isErrorName } from './filter'
import type { FilterableEvent } from './filterable-event'
import { matches } from './matches'
import { parseFilter } from './parse'
import { printFilter } from './print'

const event: FilterableEvent = {
  type: 'row:update',
  source: 'plugin:grid',
  kind: 'system',
  level: 'detail',
  flags: ['input', 'truncated'],
  time: 50,
  duration: 50.1,
  take: 0,
  text: '{"rowId":17,"name":"Ärger","old":null,"deep":{"list":[1,{"a":true}]},"$$ph":"x","who":{"$ph":"instance","type":"A","v":{"id":9}},"why":{"$ph":"error","name":"E","message":"no","stack":"","v":{"code":5}}}',
  facets: { tick: 3, agent: 'a1', both: ['x', 2], urgent: 'true' },
  producer: 'orders',
  causeless: false,
  causes: [7],
  tree: new Set([3, 7, 8]),
  phases: ['day 2', 'run'],
  besideGap: true,
  changesState: false,
  bookmarked: false,
}

const passes = (text: string, of: FilterableEvent = event) => {
  const { filter, problems } = parseFilter(text)
  expect([text, problems]).toEqual([text, []])
  return matches(filter, of)
}

describe('matches', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['type:x|row:*', true],
    ['type:row', false],
    ['type:row:* -type:*:update', false],
    ['source:core', false],
    ['-source:plugin:*', false],
    ['producer:ord*', true],
    ['level:detail', true],
    ['level:state', false],
    ['-level:state', true],
    ['kind:action|system', true],
    ['kind:detail', false],
    ['after:50ms before:50ms', true],
    ['after:50.1ms', false],
    ['before:49.9ms', false],
    ['slow:>50ms slow:50ms', true],
    ['slow:>50.1ms', false],
    ['slow:>=50.1ms slow:<=50.1ms', true],
    ['slow:<50.1ms', false],
    ['slow:<0.1s', true],
    ['is:input is:truncated', true],
    ['is:input is:threw', false],
    ['is:input|threw', true],
    ['is:root', true],
    ['is:error', false],
    ['is:bookmarked', false],
    ['take:1', false],
    ['urgent=true', true],
    ['urgent="true"', true],
    ['urgent!=true', false],
    ['urgent=false', false],
    ['take:1|0', true],
    ['-take:1', true],
    ['ärger UPDATE', true],
    ['ärger absent', false],
    ['ärger|absent', true],
    ['-ärger|absent', false],
    ['-absent', true],
    ['/rowId":1\\d/', true],
    ['/ROWID/', false],
    ['/ROWID/i', true],
    ['/^row:/', true],
    ['payload.rowId=17', true],
    ['payload.rowId="17"', false],
    ['payload.rowId!=17', false],
    ['payload.rowId!=18', true],
    ['payload.absent!=18', false],
    ['payload.rowId>16 payload.rowId<=17', true],
    ['payload.rowId<17', false],
    ['payload.old=null', true],
    ['payload.absent=null', false],
    ['payload.deep.list.1.a=true', true],
    ['payload.deep.list.length=2', false],
    ['payload.toString.name=toString', false],
    ['payload.$ph=x', true],
    ['payload.who.id=9', true],
    ['payload.why.message=no payload.why.code=5', true],
    ['tick=3 agent=a1 both=2', true],
    ['tick>=3', true],
    ['tick>3', false],
    ['tick!=3', false],
    ['tick="3"', false],
    ['toString=1', false],
    ['cause:#7', true],
    ['cause:#3', false],
    ['chain:#3', true],
    ['chain:#4', false],
    ['mark:day*', true],
    ['mark:"day 1"', false],
    ['has:gap', true],
    ['has:state', false],
    ['has:cause', true],
  ])('%s: %s', (text, expected) => {
    expect(passes(text)).toBe(expected)
  })

  it('takes an event of another take only when asked for, a payload that is not JSON, and a number as text', () => {
    expect(passes('', { ...event, take: 2 })).toBe(false)
    expect(passes('take:2 is:root', { ...event, take: 2, flags: [], causeless: true })).toBe(true)
    expect(passes('payload.a=1', { ...event, text: '' })).toBe(false)
    expect(passes('payload.a=1', { ...event, text: '{"a":"1"}' })).toBe(true)
  })

  it.each([
    ['slow:>0ms', false],
    ['slow:>=0ms', true],
    ['slow:<1µs', true],
    ['-slow:>1ms', true],
  ])('compares a duration that is not told, or below the grain of the clock, as 0: %s', (text, expected) => {
    expect(passes(text, { ...event, duration: 0 })).toBe(expected)
  })

  it.each([
    ['payment:failed', true],
    ['LoadError', true],
    ['error', true],
    ['order.rejected', true],
    ['REQUEST_FAILURE', true],
    ['terror', false],
    ['failover', false],
    ['mirrored', false],
  ])('knows that %s is an error: %s', (name, expected) => {
    expect(isErrorName(name)).toBe(expected)
  })
})

describe('values that JSON has no word for', () => {
  const payload = JSON.stringify({
    wei: { $ph: 'bigint', v: '150' },
    at: { $ph: 'date', v: '2026-01-02T03:04:05.006Z' },
    map: {
      $ph: 'map',
      v: [
        ['key', 1],
        [{ $ph: 'bigint', v: '7' }, 'seven'],
        [true, 'yes'],
      ],
    },
    set: { $ph: 'set', v: ['a', 'b'] },
    error: { $ph: 'error', name: 'E', message: 'no', stack: '', v: { code: 7 } },
    'dotted.key': { '[0]': 1 },
  }).replace('"wei"', '"id":822106502566256641,"wei"')

  it.each([
    ['payload.id=822106502566256641', true],
    ['payload.id=822106502566256640', false],
    ['payload.id>822106502566256640', true],
    ['payload.wei=150n', true],
    ['payload.wei=150', true],
    ['payload.wei=151n', false],
    ['payload.wei>100', true],
    ['payload.wei<=149n', false],
    ['payload.at="2026-01-02"', true],
    ['payload.at=2026-01-02T03:04:05.006Z', true],
    ['payload.at=2026-01-03', false],
    ['payload.at>2026-01-01', true],
    ['payload.at<2026-01-02T03:04:05Z', false],
    ['payload.map.key=1', true],
    ['payload.map.7=seven', true],
    ['payload.map."true"=yes', true],
    ['payload.set.1=b', true],
    ['payload.error.code=7', true],
    ['payload."dotted.key"."[0]"=1', true],
    ['payload.dotted.key=1', false],
  ])('%s: %s', (text, holds) => {
    const { filter, problems } = parseFilter(text)
    expect(problems).toEqual([])
    expect(parseFilter(printFilter(filter)).filter).toEqual(filter)
    expect(matches(filter, { ...event, text: payload })).toBe(holds)
  })
})
