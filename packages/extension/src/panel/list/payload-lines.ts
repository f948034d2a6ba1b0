import { visible } from '../widgets/format'
import { indented } from '../widgets/indented'

/** At most so many lines of a payload stand in the list, with at most so many characters each. */
const MOST = 60
const LONGEST = 500

/** Makes the lines of a payload that stand below its event in the list; the last one says what is left out. */
export function payloadLines(payload: string | null): string[] {
  if (payload === null) return ['The text of this payload is lost.']
  const lines = indented(payload).split('\n')
  const shown = lines.length > MOST ? lines.slice(0, MOST - 1) : lines
  const left = lines.length - shown.length
  return [
    ...shown.map(line => visible(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line)),
    ...(left > 0 ? [`… ${left.toLocaleString('en')} more lines: Enter opens the event`] : []),
  ]
}
