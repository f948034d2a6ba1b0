import { describe, expect, it } from 'vitest'
import { type BoxState, boxMove } from './box-keys'

const CLOSED: BoxState = { text: 'ty', open: false, options: 0, at: -1, begun: true }
const OPEN: BoxState = { ...CLOSED, open: true, options: 3 }
const PLAIN = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, isComposing: false }
const press = (key: string, state: Partial<BoxState> = {}, held: Partial<typeof PLAIN> = {}) =>
  boxMove({ ...PLAIN, ...held, key }, { ...OPEN, ...state })

describe('in the filter box', () => {
  it('down opens the list, then goes through it and around', () => {
    expect(press('ArrowDown', CLOSED)).toEqual({ offer: 'here' })
    expect([-1, 0, 1, 2].map(at => press('ArrowDown', { at }))).toEqual([0, 1, 2, 0].map(choose => ({ choose })))
  })

  it('up goes the other way, and without a text to what was filtered by', () => {
    expect([-1, 0, 1, 2].map(at => press('ArrowUp', { at }))).toEqual([2, 2, 0, 1].map(choose => ({ choose })))
    expect(press('ArrowUp', CLOSED)).toBeUndefined()
    expect(press('ArrowUp', { ...CLOSED, text: '' })).toEqual({ offer: 'past' })
  })

  it('Ctrl and space list what can stand here, open or not', () => {
    for (const state of [CLOSED, OPEN]) expect(press(' ', state, { ctrlKey: true })).toEqual({ offer: 'here' })
  })

  it('Enter takes what is chosen, else means the text', () => {
    expect(press('Enter', { at: 1 })).toEqual({ take: 1 })
    expect(press('Enter', { at: -1 })).toBe('submit')
    expect(press('Enter', { ...CLOSED, at: 1 })).toBe('submit')
  })

  it('Tab takes what is chosen, or the first for a word that was begun, and leaves the box otherwise', () => {
    expect(press('Tab', { at: 2 })).toEqual({ take: 2 })
    expect(press('Tab', { at: -1 })).toEqual({ take: 0 })
    expect(press('Tab', { at: 2, begun: false })).toEqual({ take: 2 })
    expect(press('Tab', { at: -1, begun: false })).toBeUndefined()
    expect(press('Tab', CLOSED)).toBeUndefined()
    expect(press('Tab', { at: 2 }, { shiftKey: true })).toBeUndefined()
  })

  it('all else is the box’s own: letters, composing, other keys with Ctrl, Alt or ⌘', () => {
    for (const key of ['a', ' ', 'Escape', 'ArrowLeft', 'Home']) expect(press(key)).toBeUndefined()
    for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }])
      for (const key of ['ArrowDown', 'ArrowUp', 'Enter', 'Tab']) expect(press(key, { at: 0 }, held)).toBeUndefined()
  })
})
