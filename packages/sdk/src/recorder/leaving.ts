import { BATCH_ROWS } from '../journal/rows'
import { guard } from '../page/guard'
import { listen } from '../page/natives'
import { writePrevious } from '../page/previous-page'
import type { RecorderInternals } from './internals'

/**
 * Sends everything before `page` goes away. From `pagehide` on each event is sent by itself, until the page returns from the back/forward
 * cache. Where there is no panel, the next page of this tab is told how far the recording got. Returns a function that ends the watch.
 */
export function watchLeaving(internals: RecorderInternals, page: Window): () => void {
  const { journal } = internals
  const leave = (first: boolean) =>
    guard(() => {
      journal.close()
      if (!internals.connection?.deliverLast(first)) {
        writePrevious(internals.settings.name, {
          producer: internals.id,
          emitted: journal.emitted,
          sent: internals.delivery?.taken ?? 0,
        })
      }
    })
  const stay = journal.onFull
  const stops = [
    listen(page, 'pagehide', () => {
      journal.onFull = () => leave(false)
      journal.closeAt = 1
      leave(true)
    }),
    listen(page, 'pageshow', (event: PageTransitionEvent) => {
      if (!event.persisted) return
      guard(() => {
        journal.onFull = stay
        journal.closeAt = BATCH_ROWS
        writePrevious(internals.settings.name, null)
        // The port did not survive the cache, and gives no sign of it.
        internals.connection?.link?.drop()
        internals.announce()
      })
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
