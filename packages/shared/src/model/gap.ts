import type { ProducerId } from './id'

/**
 * Why events are missing. `buffer`: pushed out of the page's buffer before they were stored · `unload`: still in the buffer when the
 * page went away · `paused`: emitted while recording was paused · `oversize`: could not be made to fit · `evicted`: removed by the
 * retention bound · `corrupt`: a stored chunk failed its checksum · `lost`: a hole in the numbering nobody explained.
 */
export type GapReason = 'buffer' | 'unload' | 'paused' | 'oversize' | 'evicted' | 'corrupt' | 'lost'
export const GAP_REASONS: readonly GapReason[] = [
  'buffer',
  'unload',
  'paused',
  'oversize',
  'evicted',
  'corrupt',
  'lost',
]

/** Events known to be missing. No event and no seq of its own. Always: count = toN − fromN + 1. */
export interface Gap {
  producer: ProducerId
  /** First and last missing number, both inclusive. */
  fromN: number
  toN: number
  reason: GapReason
  count: number
  /** Session time in ms of the events around the gap, as far as known. On the wire: the producer's clock. */
  from: number
  to: number
}
