/** What one panel's engine tells those of other panels that share its database. */
export type PeerMessage = 'sessions' | 'wiped'

export interface Peers {
  tell(message: PeerMessage): void
  close(): void
}

export function joinPeers(database: string, heard: (message: PeerMessage) => void): Peers {
  const channel = new BroadcastChannel(`playhead:${database}`)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === 'sessions' || data === 'wiped') heard(data)
  }
  return {
    tell: message => channel.postMessage(message),
    close: () => channel.close(),
  }
}
