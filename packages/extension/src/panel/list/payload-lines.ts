import { parseExact } from '@playhead/shared/values/exact'
import { plainJson } from '@playhead/shared/values/plain'
import { visible } from '../widgets/format'

/** At most so many lines of a payload stand in the list, with at most so many characters each. */
const MOST = 60
const LONGEST = 500

/** Makes the lines of a payload that stand below its event in the list; the last one says what is left out. */
export function payloadLines(payload: string | null): string[] {
  if (payload === null) return ['The text of this payload is lost.']
  const lines = plainLines(payload)
  const shown = lines.length > MOST ? lines.slice(0, MOST - 1) : lines
  const left = lines.length - shown.length
  return [
    ...shown.map(line => visible(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line)),
    ...(left > 0 ? [`… ${left.toLocaleString('en')} more lines: Enter opens the event`] : []),
  ]
}

/** A payload in indented JSON as a person would write it; text that is no JSON as it is. */
function plainLines(payload: string): string[] {
  try {
    return plainJson(parseExact(payload), 2).split('\n')
  } catch {
    return payload.split('\n')
  }
}
