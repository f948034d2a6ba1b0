import type { SessionInfo } from '@playhead/shared/model/session'
import { visible } from '../widgets/format'

/** What a session is called: by the user, else by its app, recorder, page or origin. */
export function titleOf(session: SessionInfo | null): string {
  return visible(
    session?.name || session?.app || session?.producers[0]?.name || session?.title || session?.origin || 'Session',
  )
}

/** By what an app is known: its name, or where it comes from; empty while nobody knows. */
export function appOf(session: Pick<SessionInfo, 'app' | 'origin'> | null): string {
  return (session?.app || session?.origin || '').slice(0, 200)
}
