import { visible } from '../widgets/format'
import { indented } from '../widgets/indented'

/** Lines of one payload in the list, and characters of one of them. */
const MOST = 60
const LONGEST = 500

/** A payload as the lines that stand below its event in the list; the last one says what is left out. */
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
