import { parseFilter } from '@playhead/shared/filter/parse'
import { describe, expect, it } from 'vitest'
import type { ViewStatus } from '../../contract/view'
import { FakeLog } from '../../testing/fake-log'
import { Finder, neighbourOfType } from './finder'

const log = new FakeLog({ chunkRows: 4 })
log.append([1, 2, 3, 4, 5, 6, 7].map(n => ({ producer: 0, n, time: n, type: n % 3 === 0 ? 'hit' : 'miss' })))
log.setGaps([{ producer: log.producers[0]!, fromN: 8, toN: 9, count: 2, reason: 'lost', from: 7, to: 8 }])

describe('a finder', () => {
  let told: ViewStatus | null = null
  const finder = new Finder(found => {
    told = found
  })
  const look = async (text: string) => {
    told = finder.look(log, parseFilter(text).filter)
    await expect.poll(() => told?.done).toBe(true)
    return told?.matched
  }
  it('goes from one found event to the next, and around', async () => {
    expect(finder.next(0, 1)).toBe(-1)
    expect(await look('type:hit')).toBe(2)
    expect([-1, 0, 2, 3, 5, 6].map(seq => finder.next(seq, 1))).toEqual([2, 2, 5, 5, 2, 2])
    expect([-1, 0, 2, 3, 5, 6].map(seq => finder.next(seq, -1))).toEqual([5, 5, 5, 2, 2, 5])
    expect(await look('type:none')).toBe(0)
    expect(finder.next(3, 1)).toBe(-1)
    expect(finder.look(log, null)).toBeNull()
    expect(finder.next(3, 1)).toBe(-1)
  })
})

it('goes to the event of the same type', async () => {
  expect(await neighbourOfType(log, 2, 1)).toBe(5)
  expect(await neighbourOfType(log, 5, 1)).toBe(2)
  expect(await neighbourOfType(log, 1, -1)).toBe(0)
  expect(await neighbourOfType(log, 99, 1)).toBe(-1)
})
