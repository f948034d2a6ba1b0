import { describe, expect, it } from 'vitest'
import { redactRule, splitWords } from './redact'

const rule = redactRule(undefined)

describe('redaction of keys', () => {
  it.each([
    'password',
    'Password',
    'PASSWORD',
    'userPassword',
    'user_password',
    'newpassword',
    'passwd',
    'pwd',
    'token',
    'accessToken',
    'ACCESS_TOKEN',
    'x-auth-token',
    'accesstoken',
    'REFRESHTOKEN',
    'x_csrftoken',
    'clientsecret',
    'authorization',
    'Authorization',
    'cookie',
    'Set-Cookie',
    'secret',
    'clientSecret',
    'apikey',
    'apiKey',
    'api_key',
    'X-API-Key',
    'card',
    'cardNumber',
    'card2',
    'cvv',
    'CVV2',
    'ssn',
    'iban',
    'myJWT',
    'HTTPCookieJar',
  ])('hides %s', key => expect(rule(key)).not.toBe(''))

  it.each([
    'discard',
    'tokenize',
    'maxTokens',
    'cardinality',
    'secretary',
    'name',
    'id',
    'pass',
    'passenger',
    'cookieless',
    'discardedAt',
    'wildcard',
    '',
    'scorecards',
    '12',
    'keyApi',
  ])('shows %s', key => expect(rule(key)).toBe(''))

  it('takes further keys, and can do without the built-in ones', () => {
    const own = redactRule({ keys: ['Balance', /^x-/gi], defaults: false })
    expect(own('BALANCE')).toBe('balance')
    expect(own('myBalance')).toBe('')
    expect([own('X-One'), own('X-One'), own('ax-')]).toEqual(['/^x-/i', '/^x-/i', ''])
    expect(own('password')).toBe('')
    expect(redactRule(false)('password')).toBe('')
  })

  it('splits names as people read them', () => {
    expect(splitWords('HTTPCookieJar2_x-y')).toEqual(['http', 'cookie', 'jar', 'x', 'y'])
  })
})
