import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Actions } from '../state/actions/actions'
import { createStore } from '../state/store'
import { listenToKeys } from './keys'

const next = vi.fn()
const open = vi.fn()
const heard = vi.fn()
let stop: () => void
let input: HTMLInputElement

beforeEach(() => {
  for (const mock of [next, open, heard]) mock.mockClear()
  input = document.createElement('input')
  input.addEventListener('keydown', heard)
  document.body.append(input)
  const actions = { panel: { open } } as unknown as Actions
  stop = listenToKeys(createStore(), actions, [{ id: 'next', title: 'Next event', keys: ['j'], run: next }])
})
afterEach(() => {
  stop()
  input.remove()
})

function press(on: Element, init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  on.dispatchEvent(event)
  return event
}

it.each([
  ['American', { key: 'j', code: 'KeyJ' }],
  ['Dvorak', { key: 'j', code: 'KeyC' }],
  ['Russian', { key: 'о', code: 'KeyJ' }],
  ['Greek', { key: 'ξ', code: 'KeyJ' }],
  ['Hebrew', { key: 'ח', code: 'KeyJ' }],
])('a shortcut works on a keyboard that is %s', (_, init) => {
  expect(press(document.body, init).defaultPrevented).toBe(true)
  expect(next).toHaveBeenCalledTimes(1)
})

it('Ctrl+K works by the physical key, too', () => {
  press(document.body, { key: 'л', code: 'KeyK', ctrlKey: true })
  expect(open).toHaveBeenCalledWith('palette')
})

it('a key that belongs to an input method is nobody else’s, and is left to the browser', () => {
  for (const init of [
    { key: 'Enter', code: 'Enter', isComposing: true },
    { key: 'Escape', code: 'Escape', isComposing: true },
    { key: 'Process', code: 'KeyJ', keyCode: 229 },
  ]) {
    expect(press(input, init).defaultPrevented).toBe(false)
    press(document.body, { ...init })
  }
  expect(heard).not.toHaveBeenCalled()
  expect(next).not.toHaveBeenCalled()
})

it('what is typed into a field is no shortcut', () => {
  press(input, { key: 'j', code: 'KeyJ' })
  expect(next).not.toHaveBeenCalled()
  expect(heard).toHaveBeenCalledTimes(1)
})
