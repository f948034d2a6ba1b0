import { Limits } from '@playhead/shared/wire/limits'
import { expect, it } from 'vitest'
import { SessionLog } from '../log/session-log'
import { sessionInfo } from '../testing/make-batch'
import { addDescriptions } from './descriptions'

const said = (type: string, category = 'c') => ({ type, category, description: '' })

it('keeps the latest word on each type, within bounds', () => {
  const log = new SessionLog(sessionInfo('S'), { maxEvents: 1e6, textBudget: 1 << 20 })
  addDescriptions(log, [])
  expect(log.session.descriptions).toBeUndefined()
  addDescriptions(log, [said('a'), said('b'), said('a', 'd')])
  expect(log.session.descriptions).toEqual([said('a', 'd'), said('b')])
  addDescriptions(
    log,
    Array.from({ length: 600 }, (_, i) => said(`t${i}`)),
  )
  expect(log.session.descriptions).toHaveLength(Limits.descriptions)
  addDescriptions(log, [said('b', 'late'), said('one too many')])
  expect(log.session.descriptions?.[1]).toEqual(said('b', 'late'))
})
