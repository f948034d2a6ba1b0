import { expect, it, vi } from 'vitest'
import { explain } from './explain'

const warn = vi.hoisted(() => {
  const warned = vi.fn()
  console.warn = warned
  return warned
})

it('says once what is wrong, and what would be right', () => {
  for (let i = 0; i < 3; i++) explain('level', 'info')
  explain('redact', { [Symbol.toPrimitive]: () => 'not asked' })
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/^Playhead: level: "info" is not known here; "action" is taken. There are "milestone", /)],
    [expect.stringMatching(/^Playhead: redact: an object is not known here; it takes false/)],
  ])
})
