import { expect, it } from 'vitest'
import { grantableOrigin } from './origin'

it.each([
  ['https://shop.example', 'https://shop.example'],
  ['http://shop.example:8080/a?b#c', 'http://shop.example:8080'],
  ['http://[::1]:3000/', 'http://[::1]:3000'],
  ['https://user:pw@shop.example/', 'https://shop.example'],
  ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ['http://my_host.example', 'http://my_host.example'],
])('access to %s is asked for as %s', (text, origin) => expect(grantableOrigin(text)).toBe(origin))

it.each([
  '',
  'null',
  '*',
  'http://*',
  'https://*.com',
  'https://a*b.example',
  '<all_urls>',
  '*://*/*',
  'file:///x',
  'data:,x',
  'javascript:1',
  'chrome://settings',
  'moz-extension://abc/',
])('nothing is asked for %s', text => expect(grantableOrigin(text)).toBeUndefined())
