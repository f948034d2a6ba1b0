import { CAUSE_KINDS } from '@playhead/shared/model/event'
import { expect, it } from 'vitest'
import { EXPLICIT, SYNCHRONOUS, UNKNOWN } from './causality'

it('numbers the kinds of cause as the log does', () => {
  expect([UNKNOWN, SYNCHRONOUS, EXPLICIT].map(code => CAUSE_KINDS[code])).toEqual([
    'unknown',
    'synchronous',
    'explicit',
  ])
})
