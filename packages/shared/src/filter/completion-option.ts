import type { SeenName } from './seen'
import { valueText } from './value-text'

/** One thing that may be written at the caret. */
export interface CompletionOption {
  /** What stands in the place of the completion's stretch of text once the option is taken. */
  text: string
  /** What it is: the name alone. */
  label: string
  /** `key`, `facet`, `path`: a value is still to follow, and is completed next. */
  sort: 'key' | 'facet' | 'path' | 'value'
  does: string
  /** Events that have it; undefined: nobody knows. */
  count?: number
  /** There may be more of them than `count`. */
  more?: true
}

export function valueOption(text: string, label: string, does: string, count?: number): CompletionOption {
  return { text, label, sort: 'value', does, ...(count !== undefined && { count }) }
}

/** Names as values that stand behind a `key:`, written so that each is read back as the same name. */
export function nameOptions(names: readonly SeenName[], does: string): CompletionOption[] {
  return names.map(({ name, count }) => valueOption(valueText(name), name, does, count))
}
