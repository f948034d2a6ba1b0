import type { Gap } from '@playhead/shared/model/gap'
import { testProducer } from './make-batch'

/** Events `fromN … toN` of a producer that were lost, between these session times (ms). */
export function gapOf(producer: number, fromN: number, toN: number, from: number, to: number): Gap {
  return { producer: testProducer(producer), fromN, toN, reason: 'lost', count: toN - fromN + 1, from, to }
}
