import type { RelatedEvent } from '@playhead/engine/contract/event'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'

const KEPT = 2000
const ASKED = 200
/** ms: what is scrolled past is not asked for. */
const PAUSE = 60

/** What the rows in view say of their events, fetched as they come into view. */
export function useSummaries() {
  const { store, engine } = usePanel()
  const session = store.shown.value?.id ?? ''
  const known = useRef(new Map<number, RelatedEvent>())
  const arrived = useSignal(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    known.current.clear()
    return () => clearTimeout(timer.current)
  }, [session])
  void arrived.value
  return {
    of: (seq: number) => known.current.get(seq),
    need(seqs: readonly number[]): void {
      clearTimeout(timer.current)
      const missing = seqs.filter(seq => !known.current.has(seq)).slice(0, ASKED)
      if (missing.length === 0) return
      timer.current = setTimeout(() => {
        engine.read.related(session, missing).then(
          events => {
            if (known.current.size > KEPT) known.current.clear()
            for (const event of events) known.current.set(event.seq, event)
            arrived.value++
          },
          () => {
            // The rows stand without it; what is wrong with the engine is said elsewhere.
          },
        )
      }, PAUSE)
    },
  }
}
