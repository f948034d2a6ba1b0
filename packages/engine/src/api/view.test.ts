import { parseFilter } from '@playhead/shared/filter/parse'
import { expect, it } from 'vitest'
import type { LogReader } from '../log/reader'
import { Meter } from '../tasks/meter'
import { nextTask } from '../tasks/next-task'
import { FakeLog } from '../testing/fake-log'
import { inPlace } from '../testing/in-place'
import { EngineView } from './view'

function logOf(events: number): FakeLog {
  const log = new FakeLog()
  log.append(Array.from({ length: events }, (_, i) => ({ producer: 0, n: i + 1, time: i, type: 'a' })))
  return log
}

it('what is looked for in one session does not give way to what was before in another that opens slowly', async () => {
  const opened = new Map<string, Promise<LogReader>>()
  const open = (session: string): Promise<LogReader | undefined> => opened.get(session) ?? Promise.resolve(undefined)
  const delegate = { open, live: () => undefined, tell() {}, regex: inPlace, meter: new Meter() }
  const shown = new EngineView(delegate)
  const { filter } = parseFilter('type:a')
  let openSlow = (_: LogReader) => {}
  opened.set('slow', new Promise(resolve => (openSlow = resolve)))
  opened.set('fast', Promise.resolve(logOf(2)))
  const found = [shown.find('slow', filter), shown.find('fast', filter)]
  await nextTask()
  openSlow(logOf(5))
  expect((await Promise.all(found)).map(status => status?.matched)).toEqual([5, 2])
  expect(await shown.findNext(-1, -1)).toBe(1)
})
