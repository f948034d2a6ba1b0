import type { ParsedFilter } from '@playhead/shared/filter/parse'

export type MarkKind = 'plain' | 'condition' | 'not' | 'word' | 'bad'

export interface FilterMark {
  from: number
  to: number
  kind: MarkKind
}

/** At most so many characters are marked: what is longer is pasted text, no filter. */
const MOST = 4000

/** Divides the text into stretches by what they are, without a hole. */
export function marksOf(text: string, { clauses, problems }: Pick<ParsedFilter, 'clauses' | 'problems'>): FilterMark[] {
  const length = Math.min(text.length, MOST)
  const kinds = new Array<MarkKind>(length).fill('plain')
  for (const { from, to, not, any } of clauses) {
    const words = any.every(({ key }) => key === 'text')
    kinds.fill(not ? 'not' : words ? 'word' : 'condition', from, Math.min(to, length))
  }
  for (const { from, to } of problems) kinds.fill('bad', from, Math.min(to, length))
  const marks: FilterMark[] = []
  for (let at = 0; at < length; ) {
    let to = at + 1
    while (to < length && kinds[to] === kinds[at]) to++
    marks.push({ from: at, to, kind: kinds[at] as MarkKind })
    at = to
  }
  return marks
}
