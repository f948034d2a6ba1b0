import type { CompletionOption } from '../completion-option'
import type { Term, TermKey } from '../filter'
import type { FilterableEvent } from '../filterable-event'
import type { Seen } from '../seen'
import type { Alternative } from '../tokens'

/**
 * Everything the filter language knows of one kind of term, so that it is added in one place (`terms.ts` has the list of them all):
 *
 *     typed text ── parse ──▶ Term<K> ── print ──▶ text, read back as the same term
 *                               │
 *                               ├── holds      the slow judge; the engine's fast test is compared with it
 *                               └── complete   what the filter box offers, beside `help`
 *
 * The fast test over the log's columns is the engine's: its `search/terms/term-compilers.ts` has one entry for each key too.
 */
export interface TermDefinition<K extends TermKey> {
  readonly help: Help
  /** Other words that somebody may type for a key: where a value that the key takes follows, the key is offered instead. */
  readonly aliases?: readonly string[]
  readonly parse: (written: Written<K>) => Term<K> | Mistake
  /** The text that `parse` reads back to the same term. `read` tells which term a text is, where it is just one. */
  readonly print: (term: Term<K>, read: (text: string) => Term | undefined) => string
  readonly holds: (term: Term<K>, event: FilterableEvent) => boolean
  /** Values that may follow the key; of facets and payloads the names that a comparison may begin with. */
  readonly complete: (seen: Seen) => readonly CompletionOption[]
}

/** One example, which the filter box understands, and what it finds. */
export interface Help {
  readonly example: string
  readonly does: string
}

/** Why something typed is no term, and what to write in its place. */
export interface Mistake {
  message: string
  instead?: string
}

/** Keys of the terms that are written `key:value`. */
export type KeyName = Exclude<TermKey, 'text' | 'regex' | 'payload' | 'facet'>

/** What the tokenizer hands over for this kind of term. */
export type Written<K extends TermKey> = Omit<
  Extract<Alternative, { form: K extends KeyName ? 'key' : FormOf<K> }>,
  'form' | 'from' | 'to' | 'valueFrom'
>
type FormOf<K extends TermKey> = K extends 'text' ? 'word' : K extends 'regex' ? 'regex' : 'comparison'
