import { fieldAt } from '@playhead/shared/filter/complete'
import type { Seen } from '@playhead/shared/filter/seen'
import { stepsOf } from '@playhead/shared/values/field-path'
import type { PanelEngine } from '../connection/engine-client'
import type { FilterOffers } from '../state/actions/filter'
import type { Store } from '../state/store'
import { createFieldValues } from './field-values'

/** ms for which the names, and the fields of payloads, that the engine told are new enough. */
const FRESH_NAMES = 2000
const FRESH_FIELDS = 15_000
const MOST_PATHS = 500

export function createFilterOffers(store: Store, engine: Pick<PanelEngine, 'read'>): FilterOffers {
  const { filter } = store
  /** When names and fields were asked for, and of which session. */
  let asked = { session: '', names: 0, fields: 0 }
  const fieldValues = createFieldValues(store, engine)

  const loadFields = async (session: string) => {
    const sums = new Map<string, number>()
    for (const { fields } of await engine.read.fields(session)) {
      for (const { path, seen } of fields) if (path) sums.set(path, (sums.get(path) ?? 0) + seen)
    }
    if (store.shown.peek()?.id !== session) return
    // Fields inside arrays are left out (they have no steps): nobody types an index.
    filter.paths.value = [...sums]
      .sort(([, a], [, b]) => b - a)
      .flatMap(([text, count]): Seen['paths'] => {
        const path = stepsOf(text)
        return path ? [{ path, count }] : []
      })
      .slice(0, MOST_PATHS)
  }
  const loadNames = async (session: string) => {
    const vocabulary = await engine.read.vocabulary(session)
    if (store.shown.peek()?.id === session) filter.vocabulary.value = vocabulary
  }
  const load = async (withFields: boolean) => {
    const session = store.shown.peek()?.id
    if (!session) return
    const now = performance.now()
    if (session !== asked.session) {
      asked = { session, names: Number.NEGATIVE_INFINITY, fields: Number.NEGATIVE_INFINITY }
      filter.paths.value = []
      fieldValues.forget()
    }
    const work: Promise<unknown>[] = []
    if (now - asked.names > FRESH_NAMES) {
      asked.names = now
      work.push(loadNames(session))
    }
    if (withFields && now - asked.fields > FRESH_FIELDS) {
      asked.fields = now
      work.push(loadFields(session))
    }
    // Where the engine does not answer nothing is offered; the box works without.
    await Promise.all(work).catch(() => {})
  }

  return {
    load: withFields => void load(withFields),
    loadFor(text, caret) {
      void load(true)
      fieldValues.load(fieldAt(text, caret))
    },
    setListing(listing) {
      filter.listing.value = listing
    },
    setListed(listed) {
      filter.listed.value = listed
    },
  }
}
