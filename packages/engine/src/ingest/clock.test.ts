import { describe, expect, it } from 'vitest'
import { producerInfo } from '../testing/make-batch'
import { correctOffset, offsetOf, zeroOf } from './clock'

describe('the clock of a session', () => {
  it('believes the page, unless its wall clock says otherwise', () => {
    expect(zeroOf(1000, { now: 50, wall: 1050.4 })).toBe(1000)
    expect(zeroOf(1000, { now: 50, wall: 9050 })).toBe(9000)
    expect(offsetOf(400, 1000, { now: 50, wall: 1050 })).toBe(600)
  })

  it('is corrected after sleep, and left alone otherwise', () => {
    const info = producerInfo('P', { offset: 600 })
    correctOffset(info, 400, { now: 100, wall: 1900 })
    expect(info.offset).toBe(600)
    correctOffset(info, 400, { now: 100, wall: 61_100 })
    expect(info.offset).toBe(60_600)
  })
})
