/** What one engine tells the others that share its database: the catalogue changed, or everything was deleted. */
export type PeerMessage = 'sessions' | 'wiped'

/** The other engines over the same database. */
export interface Peers {
  tell(message: PeerMessage): void
  close(): void
}
