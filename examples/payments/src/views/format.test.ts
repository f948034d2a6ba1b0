import { expect, test } from 'vitest'
import { compactMoney, money, parseMoney } from './format'

test.each([
  ['12,500.50', 1_250_050],
  ['1', 100],
  [' 3 000 ', 300_000],
  ['0.07', 7],
  ['0', undefined],
  ['-5', undefined],
  ['1.234', undefined],
  ['1e5', undefined],
  ['', undefined],
  ['99999999999999999', undefined],
])('parses %j as %j cents', (text, cents) => {
  expect(parseMoney(text)).toBe(cents)
})

test('formats whole units', () => {
  expect(money(-1_234_567_89)).toBe('−1,234,568')
  expect(compactMoney(1_234_567_89)).toBe('1.2M')
})
