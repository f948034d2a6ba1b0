import { describe, expect, it } from 'vitest'
import { artifactsOf } from './artifact'
import { phasesOf } from './phases'
import type { Mark } from './session'

const mark = (time: number, kind: Mark['kind'], name: string, data?: unknown): Mark => ({
  ...{ time, kind, name, producer: 'P', afterN: 0 },
  ...(data !== undefined && { data: typeof data === 'string' ? data : JSON.stringify(data) }),
})
const ref = 'ab'.repeat(32)

describe('artifactsOf', () => {
  it('reads them in order of time, and invents nothing where a mark says nothing or nonsense', () => {
    const marks = [
      mark(9, 'artifact', 'late', { ref, type: 'text/plain', bytes: 5 }),
      mark(1, 'artifact', 'bare'),
      mark(2, 'artifact', 'broken', '{"ref'),
      mark(3, 'artifact', 'odd', { ref: 'x', type: 1, bytes: '7' }),
      mark(4, 'day', 'Monday', { ref }),
    ]
    const nothing = { ref: '', type: '', bytes: 0 }
    expect(artifactsOf({ marks })).toEqual([
      { time: 1, name: 'bare', ...nothing },
      { time: 2, name: 'broken', ...nothing },
      { time: 3, name: 'odd', ...nothing },
      { time: 9, name: 'late', ref, type: 'text/plain', bytes: 5 },
    ])
  })
})

describe('phasesOf', () => {
  it('ends a baseline where the next trial begins, and leaves artifacts out', () => {
    const marks = [mark(0, 'baseline', 'before'), mark(3, 'artifact', 'shot'), mark(4, 'trial', 'after')]
    expect(phasesOf({ marks }, 10).map(({ kind, name, from, to }) => [kind, name, from, to])).toEqual([
      ['baseline', 'before', 0, 4],
      ['trial', 'after', 4, 10],
    ])
  })
})
