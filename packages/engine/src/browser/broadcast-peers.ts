import type { PeerMessage, Peers } from '../sessions/peers'

/** Joins the engines of other panels, over a BroadcastChannel that is named after the database. */
export function broadcastPeers(database: string, heard: (message: PeerMessage) => void): Peers {
  const channel = new BroadcastChannel(`playhead:${database}`)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === 'sessions' || data === 'wiped') heard(data)
  }
  return {
    tell: message => channel.postMessage(message),
    close: () => channel.close(),
  }
}
