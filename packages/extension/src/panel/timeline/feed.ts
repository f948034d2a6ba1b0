import type { MatchRequest } from '@playhead/engine/contract/density'
import { RECORDING } from '@playhead/shared/model/event'
import { batch, computed, effect } from '@preact/signals'
import type { PanelEngine } from '../connection/engine-client'
import { Categories } from '../state/category'
import type { Store } from '../state/store'
import { following, grid } from '../state/timeline-window'
import { shownCategories } from './legend-model'
import { hasOwnDensity, takesIn } from './takes'

/** While events arrive the engine is asked again after so many ms. */
const LIVE = 250
/** At most so many categories are counted by themselves; the engine has one group more, for types that it tells of with the answer. */
const MOST_COUNTED = 61

/** Asks the engine for what the timeline shows, again whenever that changes, one question at a time. Returns a function that ends it. */
export function feedTimeline(store: Store, engine: Pick<PanelEngine, 'view' | 'read'>): () => void {
  const { timeline } = store
  let session = ''
  /** The takes that the last answer counted; empty before the first answer for this session. */
  let counted = ''
  let asking = false
  let again = false
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let described: string | undefined

  const forget = (id: string) => {
    session = id
    counted = ''
    const said = store.shown.peek()?.descriptions
    described = JSON.stringify(said)
    batch(() => {
      timeline.density.value = null
      timeline.matches.value = null
      timeline.extent.value = null
      timeline.follow.value = false
      timeline.known.value = { categories: new Categories(said) }
      const { kept } = timeline
      timeline.zoom.value = kept?.session === id ? { from: kept.from, to: kept.to } : null
    })
  }

  // While something is looked for, the list shows the recording.
  const takes = computed(() => {
    const known = store.shown.value?.takes.map(({ take }) => take) ?? []
    const { value: detail } = store.detail
    // Where the filter says nothing of takes, the take of the event that is looked at is counted.
    const looked = detail?.seq === store.selected.value ? detail.take : RECORDING
    return takesIn(store.finding.value ? {} : store.parsed.value.filter, known, looked).join()
  })
  const isDrawnApart = () => {
    const { categories } = timeline.known.peek()
    const shown = shownCategories(store.filterText.peek(), categories)
    return hasOwnDensity(store.parsed.peek().filter, !store.finding.peek() && !shown.includes('some'))
  }
  const askForMatches = async (request: Omit<MatchRequest, 'view'>) => {
    const view = store.finding.peek() ? 'found' : store.view.peek()?.view
    if (view === undefined || !isDrawnApart()) {
      timeline.matches.value = null
      return
    }
    const answer = await engine.view.matchDensity({ view, ...request })
    if (answer && !ended && store.shown.peek()?.id === session && isDrawnApart()) timeline.matches.value = answer
  }

  const ask = async () => {
    const id = store.shown.peek()?.id ?? ''
    if (id !== session) forget(id)
    if (id === '') return
    const { categories } = timeline.known.peek()
    const seen = grid(timeline.span.peek(), timeline.open.peek() ? timeline.width.peek() : 2)
    const groups = categories.byType.map(index => Math.min(index, MOST_COUNTED))
    const lanes = timeline.lanes.peek()
    const of = takes.peek()
    const wanted = { session: id, ...seen, groups, lanes, takes: of.split(',').filter(Boolean).map(Number) }
    const answer = await engine.read.density(wanted)
    if (!answer || store.shown.peek()?.id !== id || ended) return
    // The app told of its types meanwhile: they were counted by other categories, and are asked for again.
    if (timeline.known.peek().categories !== categories) return
    batch(() => {
      if (answer.types.length > 0) {
        categories.add(answer.types)
        timeline.known.value = { categories }
        again = true
      }
      timeline.density.value = answer
      const before = timeline.extent.peek()
      if (before?.from === answer.first && before.to === answer.last) return
      timeline.extent.value = { from: answer.first, to: answer.last }
      const zoom = timeline.zoom.peek()
      if (zoom && timeline.follow.peek()) timeline.zoom.value = following(zoom, answer.last)
      // The stretch that was zoomed to has nothing of these takes.
      else if (zoom && counted && counted !== of && (zoom.to < answer.first || zoom.from > answer.last))
        timeline.zoom.value = null
      counted = of
    })
    await askForMatches({ ...seen, groups })
  }

  const now = async () => {
    again = true
    if (asking) return
    asking = true
    try {
      while (again && !ended) {
        again = false
        await ask()
      }
    } catch {
      // EngineClient says so when the engine is gone.
    } finally {
      asking = false
    }
  }

  const stops = [
    effect(() => {
      void store.shown.value?.id
      void timeline.span.value
      void timeline.width.value
      void timeline.lanes.value
      void timeline.open.value
      void takes.value
      void now()
    }),
    effect(() => {
      void store.view.value?.view
      void store.view.value?.version
      void store.found.value?.version
      void store.finding.value
      void store.status.value?.events
      timer ??= setTimeout(() => {
        timer = undefined
        void now()
      }, LIVE)
    }),
    // What the app says of its types may come after them.
    effect(() => {
      const said = store.shown.value?.descriptions
      const text = JSON.stringify(said)
      if (text === described) return
      described = text
      const { categories } = timeline.known.peek()
      const next = new Categories(said)
      next.add(categories.types)
      timeline.known.value = { categories: next }
      void now()
    }),
  ]
  return () => {
    ended = true
    clearTimeout(timer)
    for (const stop of stops) stop()
  }
}
