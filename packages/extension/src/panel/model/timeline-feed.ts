import { batch, effect } from '@preact/signals'
import type { EngineClient } from '../engine-client'
import { Categories } from './category'
import type { Store } from './store'
import { following, grid } from './timeline-window'

/** ms between two looks at what arrived. */
const LIVE = 250
/** Categories counted by themselves; the engine has one group more, for types it tells of. */
const MOST_COUNTED = 61

/** Asks the engine for what the timeline shows, again whenever that changes: one question at a time. Returns what ends it. */
export function feedTimeline(store: Store, engine: Pick<EngineClient, 'ask'>): () => void {
  const { timeline } = store
  let session = ''
  let asking = false
  let again = false
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let described: string | undefined

  const forget = (id: string) => {
    session = id
    batch(() => {
      timeline.density.value = null
      timeline.extent.value = null
      timeline.follow.value = false
      timeline.known.value = { categories: new Categories(store.shown.peek()?.descriptions) }
      const { kept } = timeline
      timeline.zoom.value = kept?.session === id ? { from: kept.from, to: kept.to } : null
    })
  }

  const ask = async () => {
    const id = store.shown.peek()?.id ?? ''
    if (id !== session) forget(id)
    if (id === '') return
    const { categories } = timeline.known.peek()
    const seen = grid(timeline.span.peek(), timeline.open.peek() ? timeline.width.peek() : 2)
    const groups = categories.byType.map(index => Math.min(index, MOST_COUNTED))
    const lanes = timeline.lanes.peek()
    const answer = await engine.ask('density', api => api.density({ session: id, ...seen, groups, lanes }))
    if (!answer || store.shown.peek()?.id !== id || ended) return
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
    })
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
      // The client says so when the engine is gone.
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
      void now()
    }),
    effect(() => {
      void store.view.value?.version
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
