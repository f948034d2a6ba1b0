import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { plainSha256 } from './sha256'

describe('a digest where the platform has none', () => {
  it('is the same, whatever the length', () => {
    for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255)
      expect(Buffer.from(plainSha256(bytes)).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
    }
  })
})
