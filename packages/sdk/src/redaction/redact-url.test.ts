import { expect, it } from 'vitest'
import { redactRule } from './redact'
import { redactUrl } from './redact-url'

const rule = redactRule(undefined)

it.each([
  ['https://a.example/p?id=7&page=2#top', 'https://a.example/p?id=7&page=2#top'],
  ['https://a.example/?token=abc&id=7', 'https://a.example/?token=redacted&id=7'],
  ['https://a.example/?id=7&reset_token=a%3Db#x', 'https://a.example/?id=7&reset_token=redacted#x'],
  ['https://a.example/cb#access_token=abc&expires=9', 'https://a.example/cb#access_token=redacted&expires=9'],
  ['https://a.example/#/route?jwt=abc', 'https://a.example/#/route?jwt=redacted'],
  ['https://a.example/?pass%77ord=abc', 'https://a.example/?pass%77ord=redacted'],
  ['https://a.example/?%E0%A4%A=1&secret=2', 'https://a.example/?%E0%A4%A=1&secret=redacted'],
  ['https://user:pw@a.example/x@y', 'https://a.example/x@y'],
  ['https://a.example/a@b?x=c@d', 'https://a.example/a@b?x=c@d'],
  ['', ''],
])('%s is told as %s', (href, told) => expect(redactUrl(href, rule)).toBe(told))

it('hides nothing where nothing is to be hidden', () => {
  expect(redactUrl('https://a.example/?token=abc', redactRule(false))).toBe('https://a.example/?token=abc')
})
