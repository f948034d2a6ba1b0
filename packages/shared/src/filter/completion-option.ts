import type { SeenName } from './seen'
import { valueText } from './value-text'

/** One text that may be written at the caret. */
export interface CompletionOption {
  /** The text that replaces the completion's range when the option is taken. */
  text: string
  /** What the list shows: the name or value without quotes and key. */
  label: string
  /** After a `key`, a `facet` or a `path` a value has to follow, which is completed next. */
  sort: 'key' | 'facet' | 'path' | 'value'
  /** Says what the option is or finds. */
  does: string
  /** Events that have it; undefined where they were not counted. */
  count?: number
  /** `count` is of some events only: there may be more. */
  more?: true
}

/** Makes the option for a value. */
export function valueOption(text: string, label: string, does: string, count?: number): CompletionOption {
  return { text, label, sort: 'value', does, ...(count !== undefined && { count }) }
}

/** Makes options of names that stand after a `key:`, each written so that it is read back as the same name. */
export function nameOptions(names: readonly SeenName[], does: string): CompletionOption[] {
  return names.map(({ name, count }) => valueOption(valueText(name), name, does, count))
}
