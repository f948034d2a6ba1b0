import type { Vocabulary } from '@playhead/engine/contract/vocabulary'
import type { Seen } from '@playhead/shared/filter/seen'
import { computed, signal } from '@preact/signals'
import type { SavedFilter } from './stored-filters'

/** What the filter box and its panel offer. Actions of `filter/` write it. */
export function createFilterStore({ filters, recent }: { filters: SavedFilter[]; recent: string[] }) {
  /** The names that were seen; null before they were asked for. */
  const vocabulary = signal<Vocabulary | null>(null)
  const paths = signal<Seen['paths']>([])
  const values = signal<Seen['values']>([])
  return {
    vocabulary,
    /** Fields of payloads, the most frequent first. */
    paths,
    /** Values of the fields that were completed last. */
    values,
    /** Values that begin with what is typed are looked for among all events. */
    looking: signal(false),
    seen: computed<Seen>(() => ({ ...namesOf(vocabulary.value), paths: paths.value, values: values.value })),
    /** What can stand at the caret is to be listed. */
    listing: signal(false),
    /** The list has something to show, so that Esc closes it before anything else. */
    listed: signal(false),
    saved: signal(filters),
    /** The filters that were used lately, newest first. */
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
