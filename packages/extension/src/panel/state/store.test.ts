import type { ViewStatus } from '@playhead/engine/contract/view'
import { expect, it } from 'vitest'
import { newer } from './store'

const status = (view: number, version: number, done: boolean) => ({ view, version, done }) as ViewStatus

it('takes of two statuses the newer one, in whatever order they come', () => {
  const order = [status(1, 1, false), status(1, 1, true), status(1, 2, false), status(2, 0, false), status(2, 3, true)]
  for (const [i, a] of order.entries()) {
    expect(newer(null, a)).toBe(a)
    for (const b of order.slice(i)) {
      expect(newer(a, b)).toBe(b)
      expect(newer(b, a)).toBe(a === b ? a : b)
    }
  }
})
