import { Flag } from '@playhead/shared/model/event'
import type { Encoder } from '../encoder/encoder'
import { warnOnce } from '../page/natives'

/** ms that writing one payload may take. */
const SLOW = 2
/** So many payloads in a row that are slow or cut make their type a strain. */
const STRIKES = 5
/** How often the budget of a type is halved at most: where its payloads are cut, and where they are slow. */
const HALVED_CUT = 3
const HALVED_SLOW = 7

/**
 * Judges a long payload that was just written, and halves the budget of its type where one after the other is slow or cut. The console is
 * told what would mend it. `took` is in ms.
 */
export function noteStrain(encoder: Encoder, type: string, took: number): void {
  const { trail } = encoder
  const cut = (encoder.flags & Flag.truncated) !== 0 && !trail.hosts
  if (took < SLOW && !cut) trail.strikes = 0
  else if (++trail.strikes >= STRIKES) {
    trail.strikes = 0
    if (trail.halved < (took < SLOW ? HALVED_CUT : HALVED_SLOW)) trail.halved++
    warnOnce(
      `events of type ${type} are ${took < SLOW ? 'too long' : 'slow to record'} and are shortened. Say what matters in them: attach(…, { payload: event => ({ id: event.id }) }).`,
    )
  }
}
