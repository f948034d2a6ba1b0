import { describe, expect, it } from 'vitest'
import { clock, summaryText, time, visible } from './format'

describe('what a page calls things', () => {
  it.each([
    ['plain: äöü 漢字 👍🏽 é́', 'plain: äöü 漢字 👍🏽 é́'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['nul\u0000esc\u001b[31m', 'nul␀esc␛[31m'],
    ['a\u202eexe.txt', 'a<U+202E>exe.txt'],
    ['\u2066x\u2069\u200e\u061c', '<U+2066>x<U+2069><U+200E><U+061C>'],
    ['zero\u200b\u200c\u200d\u2060\ufeffwidth', 'zero<U+200B><U+200C><U+200D><U+2060><U+FEFF>width'],
    ['\u00ad\u180e\u3164\u115f\u2800\uffa0', '<U+00AD><U+180E><U+3164><U+115F><U+2800><U+FFA0>'],
    ['tag\u{e0041}s', 'tag<U+E0041>s'],
    ['lone \ud800 half', 'lone <U+D800> half'],
    ['line\u2028sep\u0085', 'line<U+2028>sep<U+0085>'],
  ])('%j is shown as it is', (text, shown) => expect(visible(text)).toBe(shown))

  it.each([
    ['{"a":1,"b":{"c":"x"},"d e":[1,2]}', '{a: 1, b: {c: "x"},"d e":[1,2]}'],
    ['{"a":1,"balanc…', '{a: 1, "balanc…'],
    ['{"a":1,…', '{a: 1,…'],
    ['{"a":"\u202e"}', '{a: "<U+202E>"}'],
    ['plain', 'plain'],
  ])('a payload %j is %j in one line', (text, shown) => expect(summaryText(text)).toBe(shown))

  it('a payload longer than there is room is cut', () => {
    expect(summaryText('{"a":"long text","b":1}', 8)).toBe('{a: "lo…')
    expect(summaryText('{"a":1}', 7)).toBe('{a: 1}')
  })

  it.each([1e300, -1e300, 8.64e15 * 2])('a time of %s is no crash', ms => {
    for (const mode of ['relative', 'absolute', 'delta'] as const)
      expect(time(mode, ms, 0, 0)).toEqual(expect.any(String))
    expect(clock(ms)).toEqual(expect.any(String))
  })
})
