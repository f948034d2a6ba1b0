import { BATCH_ROWS } from '../journal/rows'
import { guard } from '../page/guard'
import { listen } from '../page/natives'
import { writePrevious } from '../page/previous-page'
import type { Core } from './internals'

/** Gets everything out before `page` goes; from `pagehide` on each event by itself, until it returns from the back/forward cache. */
export function watchLeaving(core: Core, page: Window): () => void {
  const { journal } = core
  const leave = (first: boolean) =>
    guard(() => {
      journal.close()
      if (!core.connection?.deliverLast(first)) {
        writePrevious(core.settings.name, {
          producer: core.id,
          emitted: journal.emitted,
          sent: core.delivery?.taken ?? 0,
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
        writePrevious(core.settings.name, null)
        // The port did not survive the cache, and does not say so.
        core.connection?.link?.drop()
        core.announce()
      })
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
