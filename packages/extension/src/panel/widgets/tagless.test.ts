import { expect, it } from 'vitest'
import { withoutTags } from './tagless'

it.each([
  [
    '{"wei":{"$ph":"bigint","v":"150"},"at":{"$ph":"date","v":"2026-01-02T03:04:05.006Z"}}',
    '{"wei":150n,"at":2026-01-02T03:04:05.006Z}',
  ],
  [
    '[{"$ph":"undefined"},{"$ph":"number","v":"NaN"},{"$ph":"hole"},{"$ph":"date","v":null}]',
    '[undefined,NaN,empty,Invalid Date]',
  ],
  ['{"m":{"$ph":"map","v":[["a",1],["b",{"$ph":"bigint","v":"2"}]]}}', '{"m":Map {[["a",1],["b",2n]]}}'],
  ['{"s":{"$ph":"set","v":[1,{"x":2}]}}', '{"s":Set {[1,{"x":2}]}}'],
  ['{"c":{"$ph":"instance","type":"Order","v":{"id":7}}}', '{"c":Order {{"id":7}}}'],
  ['{"b":{"$ph":"bytes","type":"Uint8Array","v":[1,2]}}', '{"b":Uint8Array {[1,2]}}'],
  ['{"r":{"$ph":"regexp","v":["a\\\\d","gi"]}}', '{"r":/a\\\\d/gi}'],
  ['{"e":{"$ph":"error","name":"TypeError","message":"x is 1","stack":"at …","v":{}}}', '{"e":TypeError: x is 1}'],
  ['{"p":{"$ph":"redacted","v":"password"},"f":{"$ph":"function","v":"go"}}', '{"p":••••,"f":ƒ go()}'],
  [
    '{"long":{"$ph":"string","v":"begin","size":900},"c":{"$ph":"cut","type":"object","size":12}}',
    '{"long":"begin…","c":✂ object (12)}',
  ],
  ['{"plain":"{\\"$ph\\":\\"bigint\\"}"}', '{"plain":"{\\"$ph\\":\\"bigint\\"}"}'],
  ['{"a":1,"$ph:cut":12}', '{"a":1,… 12 more}'],
  ['{"a":1}', '{"a":1}'],
])('%s is %s', (json, text) => expect(withoutTags(json)).toBe(text))

it('has no tag in it, wherever the text is cut', () => {
  const json =
    '{"wei":{"$ph":"bigint","v":"150"},"m":{"$ph":"map","v":[["a",{"$ph":"date","v":"2026"}]]},"e":{"$ph":"error","name":"E","message":"m","stack":"s","v":{"a":1}},"c":{"$ph":"cut","type":"x","size":1},"$ph:cut":5}'
  for (let length = 0; length <= json.length; length++) {
    const text = withoutTags(json.slice(0, length))
    expect(text, json.slice(0, length)).not.toContain('$ph')
  }
})
