import { describe, expect, it } from 'vitest'
import { payloadLines } from './payload-lines'

describe('a payload in the list', () => {
  it('is indented', () =>
    expect(payloadLines('{"a":1,"b":["x\u202e"]}')).toEqual([
      '{',
      '  "a": 1,',
      '  "b": [',
      '    "x<U+202E>"',
      '  ]',
      '}',
    ]))

  it('is as it is where it is no JSON, and says where it is lost', () => {
    expect(payloadLines('plain {')).toEqual(['plain {'])
    expect(payloadLines('')).toEqual([''])
    expect(payloadLines(null)).toEqual(['The text of this payload is lost.'])
  })

  it('is bounded, and says what is left out', () => {
    const lines = payloadLines(JSON.stringify(Array.from({ length: 5000 }, () => 'y'.repeat(2000))))
    expect(lines).toHaveLength(60)
    expect(Math.max(...lines.map(line => line.length))).toBe(501)
    expect(lines.at(-1)).toBe('… 4,943 more lines: Enter opens the event')
  })
})
