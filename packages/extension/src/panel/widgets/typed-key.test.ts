import { expect, it } from 'vitest'
import { typedKey } from './typed-key'

const press = (key: string, code: string, shiftKey = false) => typedKey({ key, code, shiftKey })

it.each([
  ['Russian', 'о', 'KeyJ', false, 'j'],
  ['Russian with Shift', 'О', 'KeyJ', true, 'J'],
  ['Greek', 'ξ', 'KeyJ', false, 'j'],
  ['Hebrew', 'ח', 'KeyJ', false, 'j'],
  ['Arabic', 'ت', 'KeyJ', false, 'j'],
  ['Russian brackets', 'х', 'BracketLeft', false, '['],
  ['Japanese kana slash', 'め', 'Slash', false, '/'],
])('%s: %s of %s types as on an American keyboard', (_, key, code, shiftKey, typed) => {
  expect(press(key, code, shiftKey)).toBe(typed)
})

it.each([
  ['j', 'KeyC', 'j'],
  ['q', 'KeyA', 'q'],
  ['ArrowDown', 'ArrowDown', 'ArrowDown'],
  ['Escape', 'Escape', 'Escape'],
  ['?', 'Minus', '?'],
  ['é', 'Digit2', 'é'],
])('a Latin layout has its own letters: %s of %s', (key, code, typed) => expect(press(key, code)).toBe(typed))
