import type { RelatedEvent } from '@playhead/engine/contract/event'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'

const KEPT = 2000
const ASKED = 200
/** Rows are asked for once the list has stood still for so many ms: what is scrolled past is not. */
const PAUSE = 60

/** Fetches the summaries of the events in view as they come into view, and keeps at most 2,000 of them. */
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
            // The rows stand without their summaries; what is wrong with the engine is said elsewhere.
          },
        )
      }, PAUSE)
    },
  }
}
