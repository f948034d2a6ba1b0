/** What one engine tells the others that share its database: the list of sessions changed (`sessions`), or all were deleted (`wiped`). */
export type PeerMessage = 'sessions' | 'wiped'

/** The other engines over the same database, each in a panel or process of its own. */
export interface Peers {
  /** Sends a message to all of them; this engine does not hear it. */
  tell(message: PeerMessage): void
  close(): void
}
