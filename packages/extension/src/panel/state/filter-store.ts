import type { Vocabulary } from '@playhead/engine/contract/vocabulary'
import type { Seen } from '@playhead/shared/filter/seen'
import { computed, signal } from '@preact/signals'
import type { SavedFilter } from './stored-filters'

/** What the filter box and its panel offer. Only `filter-actions.ts` changes it. */
export function createFilterStore({ filters, recent }: { filters: SavedFilter[]; recent: string[] }) {
  /** Null: not asked for yet. */
  const vocabulary = signal<Vocabulary | null>(null)
  const paths = signal<Seen['paths']>([])
  const values = signal<Seen['values']>([])
  return {
    vocabulary,
    /** Fields of payloads, most frequent first. */
    paths,
    /** Of the fields that were completed last. */
    values,
    /** Values that begin with what is typed are looked for among all events. */
    looking: signal(false),
    seen: computed<Seen>(() => ({ ...namesOf(vocabulary.value), paths: paths.value, values: values.value })),
    /** What can stand at the caret is listed. */
    listing: signal(false),
    /** And there is something: Esc closes it first. */
    listed: signal(false),
    saved: signal(filters),
    /** Newest first. */
    recent: signal(recent),
  }
}

export type FilterStore = ReturnType<typeof createFilterStore>

function namesOf(vocabulary: Vocabulary | null): Omit<Seen, 'paths' | 'values'> {
  const { types = [], sources = [], levels = [], kinds = [], producers = [], marks = [], takes = [] } = vocabulary ?? {}
  const facets = (vocabulary?.facets ?? []).map(({ name, events, texts, numbers }) => ({
    ...{ name, count: events },
    values: [...texts.map(text => ({ value: text.name, count: text.count })), ...numbers],
  }))
  return { types, sources, levels, kinds, producers, marks, takes, facets }
}
