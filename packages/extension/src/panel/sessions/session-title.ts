import type { SessionInfo } from '@playhead/shared/model/session'
import { visible } from '../widgets/format'

/** The title of a session: what the user called it, else its app, recorder, page or origin. */
export function titleOf(session: SessionInfo | null): string {
  return visible(
    session?.name || session?.app || session?.producers[0]?.name || session?.title || session?.origin || 'Session',
  )
}
