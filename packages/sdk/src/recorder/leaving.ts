import { BATCH_ROWS } from '../journal/rows'
import { guard } from '../page/guard'
import { listen } from '../page/natives'
import { writePrevious } from '../page/previous-page'
import type { RecorderInternals } from './internals'

/** Gets everything out before `page` goes; from `pagehide` on each event by itself, until it returns from the back/forward cache. */
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
        // The port did not survive the cache, and does not say so.
        internals.connection?.link?.drop()
        internals.announce()
      })
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
