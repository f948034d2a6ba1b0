import type { CompletionOption } from '../completion-option'
import type { Term, TermKey } from '../filter'
import type { FilterableEvent } from '../filterable-event'
import type { Seen } from '../seen'
import type { Alternative } from '../tokens'

/**
 * Everything that the filter language knows of one kind of term, so that a kind is added in one place (`terms.ts` lists them all):
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
  /** Other words that somebody may type in place of the key. Where a value follows that the key takes, the key is offered instead. */
  readonly aliases?: readonly string[]
  /** Makes a term of what was typed, or says why it is none. */
  readonly parse: (written: Written<K>) => Term<K> | Mistake
  /**
   * Returns a text that is read back as the same term. `read` returns the term that a text is read as; undefined where it is not just one.
   */
  readonly print: (term: Term<K>, read: (text: string) => Term | undefined) => string
  /** Tells whether the term holds for an event. May be slow. */
  readonly holds: (term: Term<K>, event: FilterableEvent) => boolean
  /** Returns values that may follow the key; for facets and payloads, names with which a comparison may begin. */
  readonly complete: (seen: Seen) => readonly CompletionOption[]
}

/** One example, which the filter box understands, and what it finds. */
export interface Help {
  readonly example: string
  readonly does: string
}

/** Says why something that was typed is no term, and what could be written in its place. */
export interface Mistake {
  message: string
  instead?: string
}

/** Keys of terms that are written `key:value`. */
export type KeyName = Exclude<TermKey, 'text' | 'regex' | 'payload' | 'facet'>

/** What the tokenizer found of a term of this kind. */
export type Written<K extends TermKey> = Omit<
  Extract<Alternative, { form: K extends KeyName ? 'key' : FormOf<K> }>,
  'form' | 'from' | 'to' | 'valueFrom'
>
type FormOf<K extends TermKey> = K extends 'text' ? 'word' : K extends 'regex' ? 'regex' : 'comparison'
