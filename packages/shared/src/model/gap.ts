import type { ProducerId } from './id'

/**
 * Why events are missing. `buffer`: pushed out of the page's buffer before they were stored · `unload`: still in the buffer when the
 * page went away · `paused`: emitted while recording was paused · `oversize`: did not fit into a batch · `evicted`: removed by the
 * retention bound · `corrupt`: a stored chunk failed its checksum · `unseen`: emitted before the recorder was attached, or nested too deep ·
 * `lost`: a hole in the numbering nobody explained · `excerpt`: not chosen when the file was written that the session was read from.
 */
export type GapReason =
  | 'buffer'
  | 'unload'
  | 'paused'
  | 'oversize'
  | 'evicted'
  | 'corrupt'
  | 'unseen'
  | 'lost'
  | 'excerpt'
export const GAP_REASONS: readonly GapReason[] = [
  'buffer',
  'unload',
  'paused',
  'oversize',
  'evicted',
  'corrupt',
  'unseen',
  'lost',
  'excerpt',
]

/** Events of one producer that are known to be missing. A gap has no seq of its own. `count` is always toN − fromN + 1. */
export interface Gap {
  producer: ProducerId
  /** n of the first and of the last missing event. */
  fromN: number
  toN: number
  reason: GapReason
  count: number
  /** Times in ms of the events before and after the gap, as far as they are known: session time; on the wire, the producer's clock. */
  from: number
  to: number
}
