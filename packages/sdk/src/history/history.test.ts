import { describe, expect, it } from 'vitest'
import { asExtension } from '../recorder/extensions'
import type { RecorderInternals } from '../recorder/internals'
import { create } from '../testing/recorders'
import { createHistory } from './history'
import { historySource } from './source'

describe('history', () => {
  it('tells the duration and the end of a dispatch that it was asked about meanwhile', () => {
    const recorder = create()
    const run = recorder.middleware()
    const slow = () => {
      expect(recorder.history.getEvents()).toMatchObject([{ type: 'slow', duration: 0, flags: [] }])
      const until = performance.now() + 2
      while (performance.now() < until);
      throw new Error('no')
    }
    expect(() => run({ type: 'slow' }, slow)).toThrow('no')
    const [event] = recorder.history.getEvents()
    expect(event?.duration).toBeGreaterThan(1)
    expect(event?.flags).toEqual(['threw'])
    expect(recorder.history.getEvent(event?.id ?? '')?.flags).toEqual(['threw'])
  })

  it('is readable where a clock was set back during a dispatch', () => {
    let internals: RecorderInternals | undefined
    const grab = asExtension({
      kind: 'history',
      connect: given => createHistory(historySource((internals = given))),
    })
    const recorder = create({ extensions: [grab] })
    recorder.record('a')
    internals?.journal.finish(1, performance.now() + 1000, false)
    expect(recorder.history.getEvents()).toMatchObject([{ type: 'a', duration: 0 }])
  })

  it('finds by type, source, time, level and payload', () => {
    const recorder = create({ level: 'detail' })
    recorder.record('row:update', { rowId: 17, user: { name: 'ann', age: 3 } }, { source: 'grid' })
    recorder.record('row:delete', { rowId: 18, tags: [1, 2] }, { source: 'grid', level: 'detail' })
    recorder.record('col:move', { rowId: 17 }, { source: 'plugin:x' })
    const types = (query: Parameters<typeof recorder.history.getEvents>[0]) =>
      recorder.history.getEvents(query).map(event => event.type)
    const all = recorder.history.getEvents()
    expect(types({ type: 'row:*' })).toEqual(['row:update', 'row:delete'])
    expect(types({ type: ['col:*', 'row:d*'] })).toEqual(['row:delete', 'col:move'])
    expect(types({ source: 'plugin:*' })).toEqual(['col:move'])
    expect(types({ payload: { rowId: 17 } })).toEqual(['row:update', 'col:move'])
    expect(types({ payload: { user: { name: 'ann' } } })).toEqual(['row:update'])
    expect(types({ payload: { tags: [1, 2] } })).toEqual(['row:delete'])
    expect(types({ level: 'action' })).toEqual(['row:update', 'col:move'])
    expect(types({ from: all[1]?.time, to: all[1]?.time })).toContain('row:delete')
    expect(types({ from: (all[2]?.time ?? 0) + 1 })).toEqual([])
    expect(types({ limit: 1 })).toEqual(['col:move'])
    expect(recorder.history.statistics()).toMatchObject({
      emitted: 3,
      kept: 3,
      missing: 0,
      bySource: { grid: 2, 'plugin:x': 1 },
      artifacts: { kept: 0, bytes: 0, lost: 0 },
      byLevel: { action: 2, detail: 1 },
    })
    expect(recorder.history.getEvent('nonsense')).toBeUndefined()
    expect(recorder.history.causes('nonsense')).toEqual([])
  })
})
