import type { SessionInfo } from '@playhead/shared/model/session'

/** By what an app is known: its name, or where it comes from; empty while nobody knows. */
export function appOf(session: Pick<SessionInfo, 'app' | 'origin'> | null): string {
  return (session?.app || session?.origin || '').slice(0, 200)
}
