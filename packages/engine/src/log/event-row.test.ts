import { eventId } from '@playhead/shared/model/id'
import { expect, it } from 'vitest'
import { nextTask } from '../tasks/next-task'
import { FakeLog } from '../testing/fake-log'
import { createViews } from '../testing/views'
import { seqsOfIds } from './event-row'

function log(): FakeLog {
  const made = new FakeLog({ chunkRows: 8 })
  made.append(
    Array.from({ length: 40 }, (_, i) => ({
      ...{ producer: 0, n: i + 1, time: i },
      ...(i % 3 === 0 && { foreignId: `order-${i}` }),
    })),
  )
  return made
}

it('finds events by their own ids, and by those they brought along', () => {
  const made = log()
  const own = eventId(made.producers[0] as string, 2)
  expect([...seqsOfIds(made, [own, 'order-3', 'order-39', 'order-4', 'nonsense', ''])]).toEqual([
    [own, 1],
    ['order-3', 3],
    ['order-39', 39],
  ])
})

it('does not find what was evicted', () => {
  const made = log()
  made.evict(13)
  expect([...seqsOfIds(made, ['order-3', 'order-9', 'order-12', 'order-15'])]).toEqual([['order-15', 15]])
})

it('shows marked events that brought their ids along', async () => {
  const made = log()
  made.session.bookmarks = ['order-6', eventId(made.producers[0] as string, 5), 'gone']
  const views = createViews(() => {})
  const { view } = views.setView(made, { session: null, filter: { all: [{ any: [{ key: 'is', is: 'bookmarked' }] }] } })
  while (views.busy) await nextTask()
  expect(views.seqs(view, 0, 9)).toEqual([4, 6])
  views.dispose()
})
