import { isProducerId } from '@playhead/shared/model/id'
import { describe, expect, it } from 'vitest'
import { ulid } from './ulid'

describe('ulid', () => {
  it('is a valid id that begins with the time, and never the same', () => {
    const ids = Array.from({ length: 1000 }, ulid)
    expect(ids.every(isProducerId)).toBe(true)
    expect(new Set(ids).size).toBe(1000)
    const digits = [...(ids[0] as string).slice(0, 10)].map(digit => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit))
    const time = digits.reduce((sum, digit) => sum * 32 + digit, 0)
    expect(Math.abs(time - Date.now())).toBeLessThan(60_000)
  })
})
