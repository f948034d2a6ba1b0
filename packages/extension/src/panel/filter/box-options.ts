import { type Completion, completeFilter } from '@playhead/shared/filter/complete'
import type { CompletionOption } from '@playhead/shared/filter/completion-option'
import type { Seen } from '@playhead/shared/filter/seen'

/** What the filter box lists: nothing, what can stand at the caret, or what was filtered by lately. */
export type Listing = 'none' | 'here' | 'past'

/** The option that keys have chosen: its place, and its text, which is empty until there are options. */
export interface Chosen {
  index: number
  text: string
}

export const NOTHING_CHOSEN: Chosen = { index: -1, text: '' }

/** What is listed below the box for this text. */
export function listingOf(
  what: Listing,
  text: string,
  { caret, seen, recent }: { caret: number; seen: () => Seen; recent: () => readonly string[] },
): Completion {
  if (what === 'none') return { options: [], hint: '', from: 0, to: 0 }
  if (what === 'here') return withoutWritten(text, completeFilter(text, caret, seen()))
  const options = recent().map((line): CompletionOption => ({ text: line, label: line, sort: 'value', does: '' }))
  return withoutWritten(text, {
    ...{ options, hint: options.length > 0 ? '' : 'Nothing was filtered by yet' },
    ...{ from: 0, to: text.length },
  })
}

/** A name that is written already need not be offered alone. */
function withoutWritten(text: string, list: Completion): Completion {
  const [only, ...more] = list.options
  const isWritten = only !== undefined && more.length === 0 && only.text === text.slice(list.from, list.to)
  return isWritten ? { ...list, options: [] } : list
}

/** Place of the chosen option, −1 if none is: it stays the same one while more are found, and the last where the list becomes shorter. */
export function placeOfChosen(options: readonly { text: string }[], chosen: Chosen): number {
  const kept = chosen.text === '' ? -1 : options.findIndex(({ text }) => text === chosen.text)
  return kept >= 0 ? kept : Math.min(chosen.index, options.length - 1)
}
