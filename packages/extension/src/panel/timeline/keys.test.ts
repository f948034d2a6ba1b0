import { describe, expect, it } from 'vitest'
import { extended, timelineMove } from './keys'

const PLAIN = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const press = (key: string, held: Partial<typeof PLAIN> = {}) => timelineMove({ ...PLAIN, code: '', ...held, key })

describe('on the timeline', () => {
  it('W and S zoom, A and D move, whatever their case', () => {
    expect(['w', 'W', '+'].map(key => press(key))).toEqual([{ zoom: 0.6 }, { zoom: 0.6 }, { zoom: 0.6 }])
    expect(press('s')).toEqual({ zoom: 1 / 0.6 })
    expect([press('a'), press('D', { shiftKey: true })]).toEqual([{ pan: -0.15 }, { pan: 0.15 }])
    expect(press('0')).toBe('all')
  })

  it('arrows move the playhead, and with Shift the end of the selected time', () => {
    expect(['ArrowLeft', 'ArrowUp', 'PageDown'].map(key => press(key))).toEqual([
      { step: -0.02 },
      { step: 0.02 },
      { step: 0.2 },
    ])
    expect(press('ArrowRight', { shiftKey: true })).toEqual({ extend: 0.02 })
    expect(press('End', { shiftKey: true })).toEqual({ to: 'last' })
    expect([press('Delete'), press('Backspace')]).toEqual(['clear', 'clear'])
  })

  it('other keys, and those with Ctrl, Alt or ⌘, are left to others', () => {
    for (const key of ['x', 'Enter', 'Escape', 'toString', 'Tab']) expect(press(key)).toBeUndefined()
    for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
      expect(press('w', held)).toBeUndefined()
  })
})

describe('the selected time, extended', () => {
  it('begins at the playhead', () => {
    expect(extended(undefined, 100, 20)).toEqual({ from: 100, to: 120 })
    expect(extended(undefined, 100, -20)).toEqual({ from: 100, to: 80 })
  })

  it('keeps its beginning and moves its end, as far as it has them', () => {
    expect(extended({ from: 10, to: 50 }, 100, 20)).toEqual({ from: 10, to: 70 })
    expect(extended({ from: Number.NEGATIVE_INFINITY, to: 50 }, 100, 20)).toEqual({ from: 100, to: 70 })
    expect(extended({ from: 10, to: Number.POSITIVE_INFINITY }, 100, 20)).toEqual({ from: 10, to: 30 })
  })
})
