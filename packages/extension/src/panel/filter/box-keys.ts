/** What a key does in the filter box; the indexes are those of the options listed. */
export type BoxMove =
  /** Lists what can stand at the caret, or what was filtered by lately, with the first of it chosen. */
  | { offer: 'here' | 'past' }
  | { choose: number }
  /** Writes the option into the box. */
  | { take: number }
  /** The text was meant as it stands: it may be a permalink to follow. */
  | 'submit'

/** What the move depends on. */
export interface BoxState {
  text: string
  /** Options are listed below the box. */
  open: boolean
  /** How many there are, and the chosen one; −1 if none is. */
  options: number
  at: number
  /** A word has been begun before the caret. */
  begun: boolean
}

type BoxKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey' | 'isComposing'>

/** Undefined where the key is the box's own: letters, moving the caret, leaving the box. */
export function boxMove(event: BoxKey, { text, open, options, at, begun }: BoxState): BoxMove | undefined {
  const { key } = event
  if (event.isComposing || event.altKey || event.metaKey) return undefined
  if (event.ctrlKey) return key === ' ' ? { offer: 'here' } : undefined
  switch (key) {
    case 'ArrowDown':
      return open ? { choose: at + 1 < options ? at + 1 : 0 } : { offer: 'here' }
    case 'ArrowUp':
      if (open) return { choose: at > 0 ? at - 1 : options - 1 }
      return text === '' ? { offer: 'past' } : undefined
    case 'Enter':
      return open && at >= 0 ? { take: at } : 'submit'
    case 'Tab':
      return !event.shiftKey && open && (at >= 0 || begun) ? { take: Math.max(0, at) } : undefined
  }
  return undefined
}
