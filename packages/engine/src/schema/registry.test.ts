import { Limits } from '@playhead/shared/wire/limits'
import { expect, it } from 'vitest'
import { SessionLog } from '../log/session-log'
import { sessionInfo } from '../testing/make-batch'
import { addSchemas } from './registry'

const schema = (type: string, version = '1', shape = '') => ({ type, version, vendor: 'valibot', shape })

it('keeps the latest shape of each type, within bounds', () => {
  const log = new SessionLog(sessionInfo('S'), { maxEvents: 1e6, textBudget: 1 << 20 })
  addSchemas(log, [])
  expect(log.session.schemas).toBeUndefined()
  addSchemas(log, [schema('a'), schema('b'), schema('a', '2')])
  expect(log.session.schemas).toEqual([schema('a', '2'), schema('b')])
  addSchemas(
    log,
    Array.from({ length: 600 }, (_, i) => schema(`t${i}`)),
  )
  expect(log.session.schemas).toHaveLength(Limits.schemas)
  addSchemas(log, [schema('b', '9'), schema('one too many')])
  expect(log.session.schemas?.find(({ type }) => type === 'b')?.version).toBe('9')
  const large = 'x'.repeat(Limits.schema)
  addSchemas(
    log,
    Array.from({ length: 200 }, (_, i) => schema(`t${i}`, '2', large)),
  )
  expect(log.session.schemas?.filter(({ shape }) => shape !== '')).toHaveLength((1 << 20) / Limits.schema)
})
