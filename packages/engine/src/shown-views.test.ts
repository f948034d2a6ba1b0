import { parseFilter } from '@playhead/shared/filter/parse'
import { expect, it } from 'vitest'
import type { LogReader } from './log/reader'
import { ShownViews } from './shown-views'
import { nextTask } from './tasks/next-task'
import { FakeLog } from './testing/fake-log'

class Shown extends ShownViews {
  readonly opened = new Map<string, Promise<LogReader>>()

  protected open(session: string): Promise<LogReader | undefined> {
    return this.opened.get(session) ?? Promise.resolve(undefined)
  }

  protected liveLog(): undefined {
    return undefined
  }

  protected tell(): void {}
}

function logOf(events: number): FakeLog {
  const log = new FakeLog()
  log.append(Array.from({ length: events }, (_, i) => ({ producer: 0, n: i + 1, time: i, type: 'a' })))
  return log
}

it('what is looked for in one session does not give way to what was before in another that opens slowly', async () => {
  const shown = new Shown()
  const { filter } = parseFilter('type:a')
  let openSlow = (_: LogReader) => {}
  shown.opened.set('slow', new Promise(resolve => (openSlow = resolve)))
  shown.opened.set('fast', Promise.resolve(logOf(2)))
  const found = [shown.find('slow', filter), shown.find('fast', filter)]
  await nextTask()
  openSlow(logOf(5))
  expect((await Promise.all(found)).map(status => status?.matched)).toEqual([5, 2])
  expect(await shown.findNext(-1, -1)).toBe(1)
})
