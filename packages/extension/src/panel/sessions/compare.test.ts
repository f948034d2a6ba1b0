import { durations, phasesOf } from '@playhead/shared/model/phases'
import type { SessionInfo } from '@playhead/shared/model/session'
import { describe, expect, it } from 'vitest'
import { baselineOf, baselinesFirst, compare } from './compare'

const mark = (time: number, kind: 'phase' | 'run' | 'day' | 'baseline', name: string, producer = 'P') => ({
  ...{ time, kind, name, producer },
  afterN: 0,
})
const statistics = { events: 100, sources: [], others: 0, levels: [], first: 0, rate: [], payload: 10 }
const session = (rest: Partial<SessionInfo>): SessionInfo => ({
  ...{ id: '', name: '', origin: 'http://a', url: '', title: '', app: 'shop', tab: '', started: 0, updated: 0 },
  ...{ ended: true, imported: false, recovered: false, producers: [], marks: [], takes: [] },
  ...{ events: 0, missing: 0, bytes: 0 },
  ...rest,
})

describe('phases', () => {
  it('last until the next mark of their kind and producer, the last one until the last event', () => {
    const marks = [
      mark(100, 'phase', 'load'),
      mark(150, 'run', 'r1'),
      mark(200, 'phase', 'trade'),
      mark(210, 'phase', 'load', 'Q'),
      mark(500, 'phase', 'load'),
    ]
    const phases = phasesOf({ marks, statistics: { ...statistics, types: [], last: 900 } })
    expect(phases.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['load', 100, 200],
      ['r1', 150, 900],
      ['trade', 200, 500],
      ['load', 210, 900],
      ['load', 500, 900],
    ])
    expect(durations(phases).get('phase load')).toEqual({ kind: 'phase', name: 'load', ms: 100 + 690 + 400, times: 3 })
  })
})

describe('two sessions', () => {
  it('compare by what differs, by counts and by durations of phases', () => {
    const a = session({
      about: { version: '1', seed: '7', config: '{}', configHash: 'aaaa' },
      statistics: {
        ...statistics,
        types: [
          ['x', 60],
          ['y', 40],
        ],
        last: 1000,
      },
      marks: [mark(0, 'day', 'Monday'), mark(400, 'day', 'Tuesday')],
      missing: 3,
    })
    const b = session({
      about: { version: '2', seed: '7', config: '{}', configHash: 'aaaa' },
      statistics: {
        ...statistics,
        types: [
          ['y', 10],
          ['z', 90],
        ],
        last: 500,
      },
      marks: [mark(0, 'day', 'Monday')],
    })
    const found = compare(a, b)
    expect(found.facts).toEqual([{ what: 'Version', a: '1', b: '2' }])
    expect(found.totals.find(({ what }) => what === 'Events/s')).toEqual({ what: 'Events/s', a: 100, b: 200 })
    expect(found.totals.find(({ what }) => what === 'Missing')).toEqual({ what: 'Missing', a: 3, b: 0 })
    expect(found.types).toEqual([
      { what: 'z', a: 0, b: 90 },
      { what: 'x', a: 60, b: 0 },
      { what: 'y', a: 40, b: 10 },
    ])
    expect(found.phases).toEqual([
      { what: 'day Monday', a: 400, b: 500 },
      { what: 'day Tuesday', a: 600, b: 0 },
    ])
  })
})

describe('sessions to compare with', () => {
  it('begin with those that have a baseline', () => {
    const plain = session({ id: 'plain', marks: [mark(0, 'run', 'r')] })
    const first = session({ id: 'first', marks: [mark(0, 'baseline', 'v1'), mark(9, 'baseline', 'v2')] })
    const nameless = session({ id: 'nameless', marks: [mark(0, 'baseline', '')] })
    const offered = baselinesFirst([plain, nameless, session({ id: 'bare' }), first])
    expect(offered.map(({ id }) => id)).toEqual(['nameless', 'first', 'plain', 'bare'])
    expect([first, nameless, plain].map(baselineOf)).toEqual(['v2', 'without a name', ''])
  })
})
