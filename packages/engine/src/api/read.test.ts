import { describe, expect, it } from 'vitest'
import type { EntityTerm } from '../contract/event'
import type { LogReader } from '../log/reader'
import { Meter } from '../tasks/meter'
import { FakeLog } from '../testing/fake-log'
import { EngineReads } from './read'

const PAGE = { from: 0, count: 200, newestFirst: false }
const term = (value: string): EntityTerm => ({ key: 'facet', name: 'tx', value })

function logOf(tx: string): FakeLog {
  const log = new FakeLog({ chunkRows: 4, cold: true })
  log.append(Array.from({ length: 20 }, (_, i) => ({ producer: 0, n: i + 1, time: i, type: 'a', facets: { tx } })))
  return log
}

describe('what is read of sessions', () => {
  it('the events of one entity are answered though those of a session that opens slowly were asked for before', async () => {
    const opened = new Map<string, Promise<LogReader>>()
    const open = (session: string): Promise<LogReader | undefined> => opened.get(session) ?? Promise.resolve(undefined)
    const reads = new EngineReads({ open, searching: () => false, meter: new Meter() })
    let openSlow = (_: LogReader) => {}
    opened.set('slow', new Promise(resolve => (openSlow = resolve)))
    opened.set('fast', Promise.resolve(logOf('t2')))
    const old = reads.entity('slow', term('t1'), 0, PAGE)
    const newest = reads.entity('fast', term('t2'), 0, PAGE)
    openSlow(logOf('t1'))
    expect((await newest)?.total).toBe(20)
    expect(await old).toBeNull()
  })
})
